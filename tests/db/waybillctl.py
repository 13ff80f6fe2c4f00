# SPDX-License-Identifier: GPL-3.0-or-later
"""waybillctl as a script sees it, and a runner of check_* functions that prints TAP: for the scripts beside it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

BUILD = os.environ.get('WAYBILL_TEST_BUILD') or os.path.join(os.path.dirname(__file__), '..', '..', 'build')
CTL = os.path.abspath(os.path.join(BUILD, 'app', 'waybillctl'))


class Skip(Exception):
    pass


def run(*args, database=None, given='', before=(), **environment):
    env = {k: v for k, v in os.environ.items() if not k.startswith(('WAYBILL_', 'PG')) and k != 'DISPLAY'}
    env.update(LC_ALL='C.UTF-8', G_DEBUG='fatal-criticals', **environment)
    if database is not None:
        env['WAYBILL_DATABASE'] = database
    done = subprocess.run([*before, CTL, *args], env=env, input=given, capture_output=True, text=True, timeout=120, check=False)
    done.args = args
    return done


def expect(done, status=0, out='', err=''):
    report = f'waybillctl {" ".join(done.args)}: status {done.returncode}\n{done.stdout}{done.stderr}'
    assert done.returncode == status, report
    assert out in done.stdout, f'no “{out}” in {report}'
    assert err in done.stderr, f'no “{err}” in {report}'
    # 3: done, and the report says what was refused
    assert status in (0, 3) or done.stderr.strip(), f'fails without a word: {report}'
    return done.stdout


def doctor(**options):
    """What waybillctl doctor finds, by the name of the check."""
    done = run('doctor', '--json', **options)
    found = {finding['check']: finding for finding in json.loads(done.stdout)}
    bad = any(finding['state'] == 'problem' for finding in found.values())
    assert done.returncode == (1 if bad else 0), (done.returncode, found)
    return found


def main(topic, functions):
    """Runs FUNCTIONS' check_*, those named on the command line or all, each with a folder of its own."""
    checks = {name[6:].replace('_', '-'): function for name, function in functions.items() if name.startswith('check_')}
    wanted = [arg for arg in sys.argv[1:] if not arg.startswith('-')] or list(checks)
    print(f'1..{len(wanted)}', flush=True)
    failed = False
    for number, name in enumerate(wanted, 1):
        folder = tempfile.mkdtemp(prefix='wb-ctl-')
        os.chmod(folder, 0o711)  # the server may be somebody else
        try:
            checks[name](folder)
            print(f'ok {number} /{topic}/{name}', flush=True)
        except Skip as reason:
            print(f'ok {number} /{topic}/{name} # SKIP {reason}', flush=True)
        except Exception as error:  # pylint: disable=broad-except
            failed = True
            for line in (str(error) or repr(error)).splitlines():
                print(f'# {line}')
            print(f'not ok {number} /{topic}/{name}', flush=True)
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0
