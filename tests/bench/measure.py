# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring, and saying what was measured: a line a figure, ours and a reference taken in turn in the same run.

    name value unit reference value unit ratio r

A benchmark is a function with @bench('name') in tests/bench/benches.py; it gets a Shop and yields Figure objects.
"""

import concurrent.futures
import contextlib
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get('WAYBILL_TEST_BUILD') or os.path.join(SOURCE, 'build')

_benches = []


class Failed(Exception):
    pass


def bench(*names):
    def register(function):
        _benches.append((names, function))
        return function
    return register


def benches():
    return _benches


class Figure:
    """One figure. Lower is better unless higher=True; bar is what it must keep, of the value or of the ratio."""

    def __init__(self, name, value, unit, reference=None, reference_unit=None, note=None):
        self.name, self.value, self.unit, self.note = name, value, unit, note
        self.reference, self.reference_unit = reference, reference_unit or unit

    def __str__(self):
        def number(value):
            return '-' if value is None else f'{value:.0f}' if abs(value) >= 100 else f'{value:.3g}'
        ratio = '-' if not self.reference else f'{self.value / self.reference:.2f}'
        line = f'{self.name} {number(self.value)} {self.unit} reference {number(self.reference)} ' \
               f'{self.reference_unit if self.reference is not None else "-"} ratio {ratio}'
        return line + (f'  ({self.note})' if self.note else '')


def percentile(values, p):
    """The nearest-rank percentile: a value that was really measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * p // 100) - 1))]


def p95(values):
    return percentile(values, 95)


def in_turn(rounds, *functions):
    """Calls the functions in turn, in an order that changes, so that what the machine does otherwise meets all alike."""
    results = [[] for _ in functions]
    order = list(range(len(functions)))
    chance = random.Random(1)
    for _ in range(rounds):
        chance.shuffle(order)
        for i in order:
            results[i].append(functions[i]())
    return results


def at_once(*functions):
    """Calls the functions all at the same time: what the machine does otherwise meets all alike. What they return."""
    with concurrent.futures.ThreadPoolExecutor(len(functions)) as pool:
        return [future.result() for future in [pool.submit(f) for f in functions]]


def seconds(function, *arguments, **named):
    start = time.perf_counter()
    function(*arguments, **named)
    return time.perf_counter() - start


def run(*command, environment=None, check=True, text=None):
    done = subprocess.run(command, capture_output=True, text=True, check=False, input=text,
                          env={**os.environ, **(environment or {})})
    if check and done.returncode != 0:
        raise Failed(f'{" ".join(command[:6])}: status {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}')
    return done.stdout


def peak_memory(*command, environment=None, statuses=(0,)):
    """Runs a program to its end, with one of these exit statuses; (seconds, peak resident MiB of the program itself, its output)."""
    with tempfile.TemporaryFile('w+') as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if process.returncode not in statuses:
        raise Failed(f'{" ".join(command[:6])}: status {process.returncode}\n{text[-2000:]}')
    return elapsed, usage.ru_maxrss / 1024, text


class Shop:
    """The embedded cluster in a folder of its own, as every new user has it, with a demo shop of a size.

    WAYBILL_BENCH_SERVER=CONNINFO measures on that server instead (as a superuser: it makes databases).
    """

    def __init__(self, orders):
        self.orders = orders
        self.folder = tempfile.mkdtemp(prefix='wb-bench.')
        os.chmod(self.folder, 0o755)
        self.server = os.environ.get('WAYBILL_BENCH_SERVER')
        self.place = self.server or 'embedded:' + os.path.join(self.folder, 'cluster')
        for name in [n for n in os.environ if n.startswith('PG')]:
            del os.environ[name]
        os.environ['WAYBILL_DATABASE'] = self.place
        if not self.server:
            self.ctl('database', 'start')
            self.conninfo = self.main_conninfo = self.ctl('database', 'url').strip()
        else:
            self.conninfo = self.main_conninfo = self.server
        self.demo_seconds = self.demo_conninfo = None

    def fresh(self, name):
        """The same cluster, with a new, empty, migrated database to work in."""
        self.conninfo = self.main_conninfo
        database = 'bench_' + re.sub(r'\W', '_', name)
        self.sql(f'drop database if exists {database}')
        self.sql(f'create database {database}')
        self.conninfo = self.with_database(database)
        if os.path.exists(self.program('waybillctl')):
            self.ctl('database', 'migrate', environment={'WAYBILL_DATABASE': self.conninfo})
        else:
            words = dict(re.findall(r'(\w+)=(\S+)', self.conninfo))
            run(os.path.join(SOURCE, 'tests', 'migrate'), environment={
                'PGHOST': words['host'], 'PGPORT': words.get('port', '5432'), 'PGUSER': words['user'], 'PGDATABASE': database})
        return self

    @contextlib.contextmanager
    def copy(self, name='copy'):
        """A copy of this database, which is gone afterwards."""
        master, copy = (object.__new__(Shop) for _ in range(2))
        database = re.search(r'dbname=(\S+)', self.conninfo).group(1)
        master.__dict__.update(self.__dict__, conninfo=self.main_conninfo)
        copy.__dict__.update(self.__dict__, conninfo=self.with_database(f'{database}_{name}'))
        master.sql(f'drop database if exists {database}_{name} (force)')
        master.sql(f'create database {database}_{name} template {database}')
        try:
            copy.sql('checkpoint')  # what making the copy left to write is not what is measured
            yield copy
        finally:
            master.sql(f'drop database if exists {database}_{name} (force)')

    def with_database(self, name):
        if '://' in self.main_conninfo:
            return re.sub(r'^(\w+://[^/?]*)(/[^?]*)?', r'\1/' + name, self.main_conninfo)
        return re.sub(r"\bdbname=('[^']*'|\S+)", '', self.main_conninfo) + f' dbname={name}'

    def file(self, name):
        """Runs one of the SQL files beside this one."""
        run('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', self.conninfo, '-f', os.path.join(SOURCE, 'tests', 'bench', name))
        self.sql('vacuum (analyze)')

    def program(self, name):
        return os.path.join(BUILD, 'app', name)

    def ctl(self, *arguments, **named):
        return run(self.program('waybillctl'), *arguments, **named)

    def fill(self):
        """Works on in a database with the demo shop, which is made once."""
        if self.demo_seconds is None:
            self.fresh('filled')
            self.demo_conninfo = self.conninfo
            self.demo_seconds = seconds(self.ctl, 'demo', '--orders', str(self.orders),
                                        environment={'WAYBILL_DATABASE': self.conninfo})
            self.sql('vacuum (analyze)')
        self.conninfo = self.demo_conninfo
        return self

    def sql(self, statement, **named):
        return run('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', self.conninfo, '-c', statement, **named).strip()

    def psql_ms(self, statements):
        """Milliseconds of each statement as psql sees it, over one connection."""
        out = run('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', self.conninfo, '-c', '\\timing on', '-o', '/dev/null',
                  *[part for s in statements for part in ('-c', s)])
        return [float(t) for t in re.findall(r'^Time: ([\d.]+) ms', out, re.MULTILINE)]

    def pgbench(self, script, clients, duration=None, transactions=None, jobs=2, options=()):
        """Runs a pgbench script; {'tps': …, 'latency_ms': …, 'failed': …, 'out': …}."""
        with tempfile.NamedTemporaryFile('w', suffix='.sql') as file:
            file.write(script)
            file.flush()
            length = ['-T', str(duration)] if duration else ['-t', str(transactions)]
            command = [shutil.which('pgbench') or newest('pgbench'), '-n', '-f', file.name, '-c', str(clients),
                       '-j', str(jobs), '-M', 'prepared', *options, *length, self.conninfo]
            out = run(*command)
        tps = re.search(r'^tps = ([\d.]+)', out, re.MULTILINE)
        latency = re.search(r'^latency average = ([\d.]+)', out, re.MULTILINE)
        failed = re.search(r'^number of failed transactions: (\d+)', out, re.MULTILINE)
        return {'tps': float(tps.group(1)), 'latency_ms': float(latency.group(1)),
                'failed': int(failed.group(1)) if failed else 0, 'out': out}

    def close(self):
        try:
            if not self.server:
                self.ctl('database', 'stop')
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def newest(tool):
    import glob
    found = sorted(glob.glob(f'/usr/lib/postgresql/*/bin/{tool}'), key=lambda p: int(p.split('/')[4]), reverse=True)
    if not found:
        raise Failed(f'{tool} is not installed')
    return found[0]


def program_output(*command, **named):
    """The JSON lines that a bench program of ours prints."""
    return [json.loads(line) for line in run(*command, **named).splitlines() if line.startswith('{')]


__all__ = ['BUILD', 'SOURCE', 'Failed', 'Figure', 'Shop', 'at_once', 'bench', 'benches', 'in_turn', 'newest', 'p95', 'peak_memory', 'percentile',
           'program_output', 'run', 'seconds', 'signal', 'statistics', 'sys']
