# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the built programs as people do: found through AT-SPI, clicked with a real mouse, typed and scanned with real keys.

A scenario is a function with @scenario that gets a Shop (a database with demo data, on a throw-away server):

    from harness import main, scenario

    @scenario(orders=200)
    def search_finds_an_order(shop):
        office = shop.start('waybill')
        office.find('text', 'Search').click()
        office.type('number:1001')
        office.wait_for(lambda: len(office.find_all('table row')) == 1, 'one row')

    main()

Waiting is always for a condition, for a bounded time. A scenario fails by exception, by any warning on a program's
stderr, by an exit status other than 0 and by a program that will not end. On failure it leaves a picture of the screen,
the widgets of each program and their messages in WAYBILL_TEST_OUTPUT. Run a file by hand with tests/e2e/run FILE [NAME].
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

from a11y import Failed, GLib, Node, application, matches, xdotool

SOURCE = os.environ.get('WAYBILL_TEST_SOURCE') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get('WAYBILL_TEST_BUILD') or os.path.join(SOURCE, 'build')
OUTPUT = os.environ.get('WAYBILL_TEST_OUTPUT') or os.path.join(BUILD, 'meson-logs', 'e2e')
PATIENCE = float(os.environ.get('WAYBILL_TEST_PATIENCE', '60'))
COMPLAINT = re.compile(r'(\*\* ?\(|\()[\w.-]+:\d+\):? ?(\w|-)*(WARNING|CRITICAL|ERROR)|-(WARNING|CRITICAL|ERROR) \*\*|'
                       r'AddressSanitizer|LeakSanitizer|runtime error:')
KNOWN = re.compile(r'reported min width -\d+, but sizes must be >= 0')  # GTK 4.8's shortcuts window, healed in 4.10

_scenarios = []


def turn(seconds=0.01):
    """A turn of the main loop, for so long: AT-SPI's events come in, and the programs get the processor.

    Asking again at once would ask thousands of times a second while the program that is waited for wants to start.
    """
    context = GLib.MainContext.default()
    rung = []
    GLib.timeout_add(int(seconds * 1000), lambda: rung.append(True))
    while not rung:
        context.iteration(True)


def wait_for(condition, what, timeout=None):
    """Polls until condition() is true and returns its value; says what was awaited when it never is."""
    deadline = time.monotonic() + (timeout or PATIENCE)
    error = None
    while True:
        try:
            value = condition()
            error = None
        except GLib.Error as gone:  # the widget went away between two calls
            value, error = None, gone
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f'gave up waiting for {what}' + (f' ({error.message})' if error else ''))
        turn()


class Program:
    """One running program and its windows."""

    def __init__(self, shop, name, command, environment):
        self.shop, self.name = shop, os.path.basename(name)
        self.allowed = []
        self.log = tempfile.NamedTemporaryFile('w+', prefix=f'{name}-', suffix='.log', dir=shop.folder, delete=False)
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, cwd=shop.folder, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        self._root = None

    pid = property(lambda self: self.process.pid)

    def messages(self):
        with open(self.log.name, encoding='utf-8', errors='replace') as log:
            return log.read()

    def root(self):
        if self._root is None:
            def search():
                if self.process.poll() is not None:
                    raise Failed(f'{self.name} ended with status {self.process.returncode}:\n{self.messages()}')
                return application(self, self.pid)
            self._root = wait_for(search, f'{self.name} to show a window')
        return self._root

    def windows(self):
        """Those that a screen reader is told of."""
        return self.root().children()

    def ask_past_the_last_window(self):
        """As a screen reader may that wants a window that was there a moment ago; no hidden window may be given in its place."""
        count = len(self.windows())
        if count:
            self.root().child(count)

    def walk(self):
        return self.root().walk()

    def find(self, role=None, name=None, text=None, timeout=None):
        return self.root().find(role, name, text, timeout)

    def find_all(self, role=None, name=None, text=None):
        return self.root().find_all(role, name, text)

    def has(self, role=None, name=None, text=None):
        return bool(self.find_all(role, name, text))

    def wait_for(self, condition, what, timeout=None):
        return wait_for(condition, f'{what} in {self.name}', timeout)

    def wait_gone(self, role=None, name=None, text=None, timeout=None):
        wait_for(lambda: not self.has(role, name, text), f'{role} {name or text} to go away in {self.name}', timeout)

    def texts(self):
        return self.root().texts()

    def wait_text(self, wanted, timeout=None):
        """Waits until a text that equals (or, for a pattern, contains) this can be read somewhere."""
        return wait_for(lambda: next((t for t in self.texts() if matches(wanted, t)), None),
                        f'the text {getattr(wanted, "pattern", wanted)!r} in {self.name}', timeout)

    def x_window(self, frame=None):
        """The X window of a frame; by its title when the program has several."""
        def search():
            found = xdotool('search', '--all', '--onlyvisible', '--pid', str(self.pid), '--name', '.', check=False).split()
            if len(found) > 1 and frame is not None:
                titled = [w for w in found if xdotool('getwindowname', w, check=False).strip() == frame.name]
                found = titled or found
            return found[-1] if found else None
        return wait_for(search, f'an X window of {self.name}')

    def activate(self):
        """Brings its window to the front, with the keyboard."""
        window = self.x_window()
        xdotool('windowactivate', window, check=False)
        wait_for(lambda: xdotool('getactivewindow', check=False).strip() == window or
                 xdotool('getwindowfocus', check=False).strip() == window, f'{self.name} to be in front')
        return self

    def resize(self, width, height):
        window = self.x_window()
        xdotool('windowsize', window, str(width), str(height))

        def right_size():
            shell = dict(line.split('=') for line in xdotool('getwindowgeometry', '--shell', window).split())
            return abs(int(shell['WIDTH']) - width) < 60 and abs(int(shell['HEIGHT']) - height) < 120
        wait_for(right_size, f'{self.name} to be {width}x{height}')

    def type(self, text):
        xdotool('type', '--delay', '4', '--', text)
        return self

    def key(self, *keys):
        xdotool('key', '--delay', '10', *keys)
        return self

    def scan(self, code):
        """What a keyboard-wedge scanner does: very fast keys and Enter."""
        xdotool('type', '--delay', '1', '--args', '1', code, 'key', '--delay', '1', 'Return')
        return self

    def memory(self):
        """Resident memory in MiB."""
        with open(f'/proc/{self.pid}/status', encoding='ascii') as status:
            return int(re.search(r'VmRSS:\s+(\d+)', status.read()).group(1)) / 1024

    def picture(self, path):
        """The window alone, as PNG."""
        subprocess.run(['import', '-window', self.x_window(), path], check=True)

    def allow(self, pattern):
        """A message that may appear on stderr in this scenario, by a pattern."""
        self.allowed.append(re.compile(pattern))
        return self

    def complaints(self):
        return [line for line in self.messages().split('\n')
                if COMPLAINT.search(line) and not KNOWN.search(line) and not any(a.search(line) for a in self.allowed)]

    def kill(self):
        """Ends it at once, as a power cut would; no complaint about its exit status."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.returncode = 0

    def _close_windows(self):
        for place in range(9, -1, -1):  # dialogs first; each time as they are now, since one may just be closing by itself
            try:
                windows = self.windows()
                if place < len(windows):
                    windows[place].act('window.close')
            except (Failed, GLib.Error):
                pass

    def close(self):
        """Closes its window as a person does, and waits until the program has ended by itself."""
        if self.process.poll() is None:
            self.ask_past_the_last_window()
            self._close_windows()
            try:
                wait_for(lambda: self.process.poll() is not None, f'{self.name} to end after its window was closed', 8)
            except Failed:
                # AT-SPI names an action by its place in a list, which may just have changed: once more, as a person would
                print(f'# {self.name} had to be told twice to close', flush=True)
                self._close_windows()
                wait_for(lambda: self.process.poll() is not None, f'{self.name} to end after its window was closed twice', 20)
        return self.process.returncode

    def finish(self):
        """At the end of a scenario: must end well and have said nothing bad."""
        try:
            status = self.close()
        except (Failed, GLib.Error):
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
                raise
            status = self.process.returncode
        if status != 0:
            raise Failed(f'{self.name} ended with status {status}:\n{self.messages()[-2000:]}')
        complaints = self.complaints()
        if complaints:
            raise Failed(f'{self.name} complained:\n' + '\n'.join(complaints[:20]))

    def describe(self):
        lines = []
        try:
            for node, depth in self.walk():
                x, y, width, height = node.extents
                text = node.text
                lines.append(f'{"  " * depth}{node.role} "{node.name}"' + (f' = "{text}"' if text != node.name else '') +
                             f' {x},{y} {width}x{height} [{" ".join(sorted(node.states))}]')
        except (Failed, GLib.Error) as error:
            lines.append(f'({error})')
        return '\n'.join(lines)


class Wire:
    """A wire to the server that can be cut and mended, or kept waiting: what a program sees of a network that fails or is slow."""

    def __init__(self, folder, database):
        self.target = re.search(r'host=(\S+)', database).group(1) + '/.s.PGSQL.' + re.search(r'port=(\S+)', database).group(1)
        self.folder = tempfile.mkdtemp(prefix='wire', dir=folder)
        self.database = re.sub(r'port=\S+', 'port=5432', re.sub(r'host=\S+', f'host={self.folder}', database))
        self.whole = True
        self.pairs = []
        self.flowing = threading.Event()
        self.flowing.set()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f'{self.folder}/.s.PGSQL.5432')
        self.listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(self.target)
            except OSError:
                near.close()
                far.close()
                continue
            self.pairs.append((near, far))
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(a, b, b is near), daemon=True).start()

    def _carry(self, a, b, is_answer):
        try:
            while data := a.recv(65536):
                if is_answer:
                    self.flowing.wait()
                b.sendall(data)
        except OSError:
            pass
        for end in (a, b):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        """Nothing passes any more, and nobody gets through."""
        self.whole = False
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs.clear()

    def mend(self):
        self.whole = True

    def stall(self):
        """Answers wait on their way until flow()."""
        self.flowing.clear()

    def flow(self):
        self.flowing.set()

    def close(self):
        self.flow()
        self.cut()
        self.listener.close()


class Shop:
    """A database on the throw-away server, the demo shop in it, and the programs that look at it."""

    def __init__(self, name, orders=None):
        self.folder = tempfile.mkdtemp(prefix='wb-e2e.')
        self.programs, self.wires = [], []
        self.name = re.sub(r'\W+', '_', name)[:50].lower()
        self.database = None
        if orders is not None and os.path.exists(program_file('waybillctl')):
            self.database = demo_database(self.name, orders)

    def environment(self, extra=None):
        environment = dict(os.environ)
        if self.database:
            environment['WAYBILL_DATABASE'] = self.database
        environment['GSETTINGS_BACKEND'] = 'memory'
        environment['G_DEBUG'] = ''
        environment['LSAN_OPTIONS'] = f'suppressions={SOURCE}/tests/leaks.supp:print_suppressions=0'
        environment.update(extra or {})
        return environment

    def wire(self):
        """A wire to the shop's database, to be cut; give its .database to start()."""
        wire = Wire(self.folder, self.database)
        self.wires.append(wire)
        return wire

    def start(self, program, *arguments, database=None, environment=None, name=None):
        """Starts build/app/PROGRAM against the shop's database, and returns it at once."""
        extra = dict(environment or {})
        if database:
            extra['WAYBILL_DATABASE'] = database
        started = Program(self, name or program, [program_file(program), *arguments], self.environment(extra))
        self.programs.append(started)
        return started

    def run(self, program, *arguments, status=0, environment=None):
        """Runs build/app/PROGRAM to its end; its output."""
        done = subprocess.run([program_file(program), *arguments], env=self.environment(environment), cwd=self.folder,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != status:
            raise Failed(f'{program} {" ".join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}')
        return done.stdout

    def sql(self, statement, database=None):
        """What psql says to a statement, as superuser: to look behind the scenes, and to play the other seats."""
        return psql(statement, database or self.database)

    def finish(self):
        errors = []
        for program in reversed(self.programs):
            try:
                program.finish()
            except (Failed, GLib.Error) as error:
                errors.append(str(error))
        return errors

    def clean(self):
        for wire in self.wires:
            wire.close()
        for program in self.programs:
            if program.process.poll() is None:
                program.process.kill()
                program.process.wait()
            program.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def program_file(program):
    return program if os.path.isabs(program) else os.path.join(BUILD, 'app', program)


def psql(statement, database=None):
    command = ['psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-c', statement]
    if database:
        command += ['-d', database]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f'psql: {done.stderr.strip()}')
    return done.stdout.strip()


_templates = {}


def demo_database(name, orders):
    """A database of its own with the demo shop; the shop of a size is made once and copied."""
    host, port, user = os.environ['PGHOST'], os.environ.get('PGPORT', '5432'), os.environ.get('PGUSER', 'postgres')

    def conninfo(database):
        return f'host={host} port={port} user={user} dbname={database}'
    if orders not in _templates:
        template = f'demo_{orders}'
        psql(f'create database {template}')
        environment = {**os.environ, 'WAYBILL_DATABASE': conninfo(template)}
        steps = [['database', 'create']] + ([['demo', '--orders', str(orders)]] if orders else [])
        for step in steps:
            done = subprocess.run([program_file('waybillctl'), *step], env=environment, capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                raise Failed(f'waybillctl {" ".join(step)}: {done.stdout}{done.stderr}')
        _templates[orders] = template
    psql(f'create database e2e_{name} template {_templates[orders]}')
    return conninfo(f'e2e_{name}')


def scenario(function=None, **options):
    """Marks a scenario; orders=N: with a demo shop of so many (0: an empty one; left out: no database)."""
    if function is None:
        return lambda f: scenario(f, **options)
    _scenarios.append((function, options))
    return function


def leave_evidence(shop, title, trace):
    os.makedirs(OUTPUT, exist_ok=True)
    base = os.path.join(OUTPUT, title.strip('/').replace('/', '-'))
    subprocess.run(['import', '-window', 'root', base + '.png'], check=False, stderr=subprocess.DEVNULL)
    with open(base + '.txt', 'w', encoding='utf-8') as out:
        out.write(trace + '\n')
        for program in shop.programs if shop else []:
            out.write(f'\n== {program.name}: widgets\n{program.describe() if program.process.poll() is None else "(ended)"}\n')
            out.write(f'\n== {program.name}: messages\n{program.messages()}\n')
    return base


def main():
    """Runs the file's scenarios, those named on the command line or all; TAP on stdout."""
    topic = os.path.basename(sys.argv[0]).rsplit('.', 1)[0]
    wanted = [a for a in sys.argv[1:] if not a.startswith('-')]
    chosen = [(f, o) for f, o in _scenarios if f.__module__ == '__main__' and (not wanted or f.__name__ in wanted)]
    print(f'1..{len(chosen)}', flush=True)
    failed = False
    for number, (function, options) in enumerate(chosen, 1):
        title = f'/{topic}/{function.__name__.replace("_", "-")}'
        shop, errors, started = None, [], time.monotonic()
        try:
            shop = Shop(f'{topic}_{function.__name__}', **options)
            function(shop)
        except Exception:  # pylint: disable=broad-except
            errors.append(traceback.format_exc())
            errors.append('evidence: ' + leave_evidence(shop, title, errors[0]) + '.{png,txt}')
        if shop:
            late = shop.finish()
            if late and not errors:
                errors.append('evidence: ' + leave_evidence(shop, title, '\n'.join(late)) + '.{png,txt}')
            errors += late
            shop.clean()
        failed = failed or bool(errors)
        print(f'{"not " if errors else ""}ok {number} - {title}', flush=True)
        for line in '\n'.join(errors).split('\n') if errors else []:
            print(f'# {line}')
        print(f'# {time.monotonic() - started:.1f} s', flush=True)
    sys.exit(1 if failed else 0)
