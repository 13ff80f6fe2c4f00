# SPDX-License-Identifier: GPL-3.0-or-later
"""A network between a program and the server that can be cut: a Unix socket that passes everything on, until it does not."""

import os
import select
import shutil
import socket
import tempfile
import threading


class Wire:
    """with Wire() as wire: start a program with host=wire.folder; wire.cut() takes the server away, wire.mend() brings it back."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='wb-wire.', dir='/tmp')
        name = f'.s.PGSQL.{os.environ.get("PGPORT", "5432")}'
        self.here, self.there = os.path.join(self.folder, name), os.path.join(os.environ['PGHOST'], name)
        self.lock, self.open, self.pairs, self.ended = threading.Lock(), True, [], False
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.here)
        self.listener.listen(32)
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ended = True
        self.cut()
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _accept(self):
        while not self.ended:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                if not self.open:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.there)
                self.pairs.append((client, server))
            threading.Thread(target=self._pass, args=(client, server), daemon=True).start()

    def _pass(self, client, server):
        try:
            while True:
                for side in select.select([client, server], [], [])[0]:
                    data = side.recv(65536)
                    if not data:
                        return
                    (server if side is client else client).sendall(data)
        except (OSError, ValueError):
            pass
        finally:
            for side in (client, server):
                side.close()

    def cut(self):
        """Every connection ends, and none is made any more."""
        with self.lock:
            self.open, pairs, self.pairs = False, self.pairs, []
            for pair in pairs:
                for side in pair:
                    try:
                        side.shutdown(socket.SHUT_RDWR)
                    except OSError:
                        pass

    def mend(self):
        with self.lock:
            self.open = True
