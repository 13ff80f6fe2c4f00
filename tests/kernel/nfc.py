# SPDX-License-Identifier: GPL-3.0-or-later
"""NFC readers at USB, below the kernel: FunctionFS gadgets that speak as the readers do, and behind them the PN532 that waybillctl plays."""

import os
import select
import struct
import subprocess
import threading
import time

from gadget import Gadget, Wire

ACK = bytes.fromhex('0000ff00ff00')


class Chip:
    """A PN532 on a line of its own, asked with the bare commands that begin with d4."""

    def __init__(self, program, path):
        self.process = subprocess.Popen([program, 'device', 'emulate', 'nfc', '--line', path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        assert path in self.process.stdout.readline()
        self.line = Wire(path)
        self.received = b''

    def hold(self, text):
        """A tag's number and what stands on it; nothing takes it away."""
        self.process.stdin.write(text + '\n')
        self.process.stdin.flush()

    def _take(self):
        """A frame's contents from what was received, b'' for an acknowledgement, None when there is none yet."""
        begin = self.received.find(b'\0\xff')
        if begin < 0 or len(self.received) < begin + 4:
            return None
        length = self.received[begin + 2]
        end = begin + (4 if length == 0 else 4 + length + 1)
        if len(self.received) < end:
            return None
        contents = self.received[begin + 4:begin + 4 + length]
        self.received = self.received[end:]
        return contents

    def ask(self, command):
        checked = bytes([len(command), -len(command) & 255]) + command + bytes([-sum(command) & 255])
        self.line.send(b'\0\0\xff' + checked + b'\0')
        end = time.monotonic() + 20
        while time.monotonic() < end:
            answer = self._take()
            if answer:
                return answer
            if answer is None:
                select.select([self.line.file], [], [], 0.1)
                self.received += self.line.read()
        return b''

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.line.close()


class Reader(Gadget):
    """One bulk endpoint to the host, one from it; what comes is answered as long as the reader is plugged in."""

    def __init__(self, chip, name, vendor, product, maker, words, interface_class):
        super().__init__(name, vendor, product, maker, words)
        self.chip, self.is_silent, folder = chip, False, f'/run/usb-{name}'
        self.add('ffs')
        os.makedirs(folder)
        subprocess.run(['mount', '-t', 'functionfs', name, folder], check=True)
        self.control = os.open(f'{folder}/ep0', os.O_RDWR)
        descriptors = b''.join(struct.pack('<BBBBBBBBB', 9, 4, 0, 0, 2, interface_class, 0, 0, 0) +
                               struct.pack('<BBBBHB', 7, 5, 0x81, 2, size, 0) + struct.pack('<BBBBHB', 7, 5, 0x02, 2, size, 0)
                               for size in (64, 512))
        os.write(self.control, struct.pack('<IIIII', 3, 20 + len(descriptors), 3, 3, 3) + descriptors)
        os.write(self.control, struct.pack('<IIII', 2, 16, 0, 0))
        self.to_host, self.from_host = os.open(f'{folder}/ep1', os.O_RDWR), os.open(f'{folder}/ep2', os.O_RDWR)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                data = os.read(self.from_host, 512)
                for answer in () if self.is_silent else self.answer(data):
                    os.write(self.to_host, answer)
            except OSError:  # pulled
                time.sleep(0.02)

    def answer(self, data):
        raise NotImplementedError


class Pn53x(Reader):
    """An SCL3712: frames of the chip in packets. (libnfc takes its endpoints from the descriptors; the other models' are built in.)"""

    def __init__(self, chip, name='pn53x'):
        super().__init__(chip, name, 0x04e6, 0x5594, 'SCM Micro', 'SCL3712-NFC&RW', 0xff)

    def answer(self, data):
        if not data.startswith(b'\0\0\xff') or len(data) < 7 or data[3] == 0:
            return  # an acknowledgement, which takes a command back
        yield ACK
        contents = self.chip.ask(data[5:5 + data[3]])
        yield b'\0\0\xff' + bytes([len(contents), -len(contents) & 255]) + contents + bytes([-sum(contents) & 255, 0])


class Acr122(Reader):
    """An ACR122U: a chip card reader (CCID) that passes the chip's commands through."""

    def __init__(self, chip, name='acr122'):
        super().__init__(chip, name, 0x072f, 0x2200, 'ACS', 'ACR122U PICC Interface', 0x0b)

    def answer(self, data):
        if len(data) < 10:
            return
        kind, length, slot, number = struct.unpack_from('<BIBB', data)
        command = data[10:10 + length]
        if kind == 0x62:
            contents = bytes.fromhex('3b00')
        elif kind in (0x63, 0x65):
            contents = b''
        elif command[:4] == b'\xff\0\0\0' and command[5:6] == b'\xd4':
            contents = self.chip.ask(command[5:]) + b'\x90\0'
        else:
            contents = b'\x90\0'
        yield struct.pack('<BIBBBBB', {0x6f: 0x80, 0x62: 0x80, 0x6b: 0x83}.get(kind, 0x81), len(contents), slot, number, 0, 0, 0) + contents
