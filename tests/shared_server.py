# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL as a shop's network has it: TCP, TLS with a certificate authority of its own, passwords; and its troubles.

    with SharedServer() as server:
        server.conninfo(user='tom', password='…')      # over TLS, verify-full
        server.use_certificate('expired')
        with server.standby() as standby: …
        with Greeting(server, '13.4') as old: …        # says it is another version

For tests of what the programs say about a server. As root the server runs as the system user postgres or nobody.
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

SUPERUSER, SUPERWORD = 'postgres', 'sup3r word'


class Missing(Exception):
    """What the machine lacks for such a server."""


def find_bindir():
    bindir = os.environ.get('WAYBILL_TEST_PG_BINDIR')
    if bindir:
        return bindir
    for folder in sorted(glob.glob('/usr/lib/postgresql/*/bin'), key=lambda f: int(f.split('/')[4]), reverse=True):
        if os.access(f'{folder}/initdb', os.X_OK):
            return folder
    raise Missing('no PostgreSQL server is installed')


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f'{" ".join(command)}: status {done.returncode}\n{done.stdout}')
    return done.stdout


def quote(value):
    return str(value).replace('\\', '\\\\').replace("'", "\\'")


class SharedServer:
    def __init__(self, options=(), room=None):
        """OPTIONS: lines for postgresql.conf. ROOM: the data on a disk of so many megabytes (root only)."""
        if not shutil.which('openssl'):
            raise Missing('openssl is not installed')
        self.bindir = find_bindir()
        self.owner = None
        if os.geteuid() == 0:
            names = [entry.pw_name for entry in pwd.getpwall()]
            self.owner = pwd.getpwnam('postgres' if 'postgres' in names else 'nobody')
        elif room is not None:
            raise Missing('only root can mount a small disk')
        self.folder = tempfile.mkdtemp(prefix='wb-shared.', dir='/tmp')
        os.chmod(self.folder, 0o711)
        self.options, self.room = options, room
        self.port = free_port()
        self.process = None
        self.standbys = 0

    def __enter__(self):
        try:
            self.make_certificates()
            os.mkdir(f'{self.folder}/run', 0o755)
            self.make_data()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        if self.room is not None:
            subprocess.run(['umount', '-l', f'{self.folder}/run'], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- making it ---------------------------------------------------------------------------------------------------

    def make_certificates(self):
        """Two authorities, ours and another; certificates of ours for localhost: good, expired, for another host."""
        for name in ('ca', 'other-ca'):
            run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30',
                '-keyout', f'{self.folder}/{name}.key', '-out', f'{self.folder}/{name}.crt', '-subj', f'/CN=Test {name}',
                '-addext', 'basicConstraints=critical,CA:TRUE')
        for name, host, days in (('good', 'localhost', '30'), ('expired', 'localhost', '-1'), ('elsewhere', 'db.elsewhere', '30')):
            base = f'{self.folder}/{name}'
            run('openssl', 'req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', f'{base}.key',
                '-out', f'{base}.csr', '-subj', f'/CN={host}')
            with open(f'{base}.ext', 'w', encoding='ascii') as out:
                out.write(f'subjectAltName=DNS:{host}\n')
            run('openssl', 'x509', '-req', '-in', f'{base}.csr', '-CA', f'{self.folder}/ca.crt', '-CAkey', f'{self.folder}/ca.key',
                '-CAcreateserial', '-days', days, '-extfile', f'{base}.ext', '-out', f'{base}.crt')
            os.chmod(f'{base}.key', 0o600)
            if self.owner:
                os.chown(f'{base}.key', self.owner.pw_uid, self.owner.pw_gid)

    def as_owner(self, *command):
        if not self.owner:
            return list(command)
        return ['setpriv', '--reuid', str(self.owner.pw_uid), '--regid', str(self.owner.pw_gid), '--clear-groups', *command]

    def make_data(self):
        if self.room is not None and subprocess.run(
                ['mount', '-t', 'tmpfs', '-o', f'size={self.room}m', 'tmpfs', f'{self.folder}/run'],
                check=False, capture_output=True).returncode != 0:
            raise Missing('a small disk cannot be mounted here')
        if self.owner:
            os.chown(f'{self.folder}/run', self.owner.pw_uid, self.owner.pw_gid)
        with open(f'{self.folder}/word', 'w', encoding='ascii') as out:
            out.write(SUPERWORD + '\n')
        os.chmod(f'{self.folder}/word', 0o644)
        # The journal elsewhere: a server that cannot write that one ends itself, and this is about what it says.
        os.mkdir(f'{self.folder}/wal')
        if self.owner:
            os.chown(f'{self.folder}/wal', self.owner.pw_uid, self.owner.pw_gid)
        run(*self.as_owner(f'{self.bindir}/initdb', '-D', f'{self.folder}/run/data', '-U', SUPERUSER, '-A', 'scram-sha-256',
                           f'--pwfile={self.folder}/word', '-X', f'{self.folder}/wal', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'), cwd='/')
        with open(f'{self.folder}/run/data/postgresql.conf', 'a', encoding='ascii') as conf:
            conf.write('\n'.join([
                "listen_addresses = '127.0.0.1'", 'ssl = on', 'fsync = off', 'full_page_writes = off', 'max_connections = 40',
                'shared_buffers = 32MB', 'min_wal_size = 32MB', 'max_wal_size = 64MB', f"unix_socket_directories = '{self.folder}/run'",
                *self.options, '']))
        self.write_conf('good')
        with open(f'{self.folder}/run/data/pg_hba.conf', 'w', encoding='ascii') as hba:
            hba.write('local all all scram-sha-256\nlocal replication all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n')

    def write_conf(self, certificate):
        with open(f'{self.folder}/run/data/postgresql.auto.conf', 'w', encoding='ascii') as conf:
            conf.write(f"ssl_cert_file = '{self.folder}/{certificate}.crt'\nssl_key_file = '{self.folder}/{certificate}.key'\n")

    # --- running it --------------------------------------------------------------------------------------------------

    def launch(self, data, port):
        with open(f'{self.folder}/log-{port}', 'ab') as log:
            process = subprocess.Popen(
                self.as_owner('setpriv', '--pdeathsig', 'QUIT', f'{self.bindir}/postgres', '-D', data, '-p', str(port)),
                cwd='/', stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError, IndexError):
                with open(f'{data}/postmaster.pid', encoding='ascii') as pid:
                    if pid.read().split('\n')[7].strip() in ('ready', 'standby'):
                        return process
            if process.poll() is not None or time.monotonic() > deadline:
                with open(f'{self.folder}/log-{port}', encoding='utf-8') as log:
                    raise AssertionError('the server did not start:\n' + log.read())
            time.sleep(0.02)

    def start(self):
        self.process = self.launch(f'{self.folder}/run/data', self.port)

    def stop(self, sign=signal.SIGINT):
        if self.process:
            self.process.send_signal(sign)
            self.process.wait()
            self.process = None

    def use_certificate(self, name):
        """Those of make_certificates(); None: no TLS at all."""
        self.stop()
        if name is None:
            with open(f'{self.folder}/run/data/postgresql.auto.conf', 'w', encoding='ascii') as conf:
                conf.write('ssl = off\n')
        else:
            self.write_conf(name)
        self.start()

    @contextlib.contextmanager
    def standby(self):
        """A hot standby, which reads and does not write."""
        self.standbys += 1
        data, port = f'{self.folder}/run/standby{self.standbys}', free_port()
        run(*self.as_owner(f'{self.bindir}/pg_basebackup', '-D', data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync', '-h',
                           f'{self.folder}/run', '-p', str(self.port), '-U', SUPERUSER), cwd='/')
        process = self.launch(data, port)
        try:
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()

    def room_left(self):
        disk = os.statvfs(f'{self.folder}/run')
        return disk.f_bavail * disk.f_frsize

    # --- going there -------------------------------------------------------------------------------------------------

    def conninfo(self, **changes):
        """Over TLS with everything verified; a change to None leaves a keyword out."""
        words = {'host': 'localhost', 'port': self.port, 'dbname': 'waybill', 'user': SUPERUSER, 'password': None,
                 'sslmode': 'verify-full', 'sslrootcert': f'{self.folder}/ca.crt', **changes}
        return ' '.join(f"{k}='{quote(v)}'" for k, v in words.items() if v is not None)

    def superuser(self, **changes):
        return self.conninfo(password=SUPERWORD, **changes)

    def sql(self, statement, **changes):
        return run('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-c', statement, '-d', self.superuser(**changes)).strip()


class Greeting:
    """A server in front of SERVER that says it is of another VERSION. Without TLS: it must read what it changes."""

    def __init__(self, server, version):
        self.server, self.version = server, version
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, socket.socket(socket.AF_UNIX) as server, contextlib.suppress(OSError):
            server.connect(f'{self.server.folder}/run/.s.PGSQL.{self.server.port}')
            threading.Thread(target=self.forward, args=(client, server), daemon=True).start()
            self.answer(server, client)

    def forward(self, client, server):
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def answer(self, server, client):
        """Message by message, changing the one that tells the version."""
        stream = server.makefile('rb')
        while head := stream.read(5):
            body = stream.read(struct.unpack('!xI', head)[0] - 4)
            if head[:1] == b'S' and body.startswith(b'server_version\0'):
                body = b'server_version\0' + self.version.encode('ascii') + b'\0'
            client.sendall(head[:1] + struct.pack('!I', len(body) + 4) + body)
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_WR)
