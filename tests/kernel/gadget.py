# SPDX-License-Identifier: GPL-3.0-or-later
"""USB devices that the kernel plays to itself: configfs gadgets at dummy_hcd's controllers, plugged in and pulled by a word in a file."""

import os
import select
import time
import tty

ROOT = '/sys/kernel/config/usb_gadget'
KEYS = {**{c: (0, 4 + i) for i, c in enumerate('abcdefghijklmnopqrstuvwxyz')},
        **{c: (2, 4 + i) for i, c in enumerate('ABCDEFGHIJKLMNOPQRSTUVWXYZ')},
        **{c: (0, 30 + i) for i, c in enumerate('1234567890')}, '\n': (0, 40), '-': (0, 45), ':': (2, 51)}
# As the HID specification prints it for keyboards that a BIOS understands.
KEYBOARD = bytes.fromhex('05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508'
                         '150025650507190029658100c0')


def write(path, text):
    with open(path, 'w', encoding='ascii') as out:
        out.write(text)


class Gadget:
    """A device that is not plugged in yet. Functions are added before it is."""

    _free = [f'dummy_udc.{i}' for i in range(7, -1, -1)]

    def __init__(self, name, vendor, product, maker, words, serial=None):
        self.name, self.folder, self.links = name, f'{ROOT}/{name}', []
        os.makedirs(f'{self.folder}/strings/0x409')
        os.makedirs(f'{self.folder}/configs/c.1')
        write(f'{self.folder}/idVendor', f'0x{vendor:04x}')
        write(f'{self.folder}/idProduct', f'0x{product:04x}')
        write(f'{self.folder}/strings/0x409/manufacturer', maker)
        write(f'{self.folder}/strings/0x409/product', words)
        if serial:
            write(f'{self.folder}/strings/0x409/serialnumber', serial)
        self.udc = Gadget._free.pop()
        self.path = self.wire = None
        self.is_plugged = False

    def add(self, kind, instance=None):
        function = f'{self.folder}/functions/{kind}.{instance or self.name}'
        os.makedirs(function, exist_ok=True)
        os.symlink(function, f'{self.folder}/configs/c.1/{len(self.links)}')
        self.links.append(function)
        return function

    def add_hid(self, descriptor, length, boot=False):
        function = f'{self.folder}/functions/hid.{self.name}'
        os.makedirs(function)
        write(f'{function}/protocol', '1' if boot else '0')
        write(f'{function}/subclass', '1' if boot else '0')
        write(f'{function}/report_length', str(length))
        with open(f'{function}/report_desc', 'wb') as out:
            out.write(descriptor)
        self.add('hid')
        with open(f'{function}/dev', encoding='ascii') as dev:
            self.path = f'/dev/hidg{int(dev.read().split(":")[1])}'

    def add_serial(self):
        function = self.add('acm')
        with open(f'{function}/port_num', encoding='ascii') as number:
            self.path = f'/dev/ttyGS{int(number.read())}'

    def plug(self):
        write(f'{self.folder}/UDC', self.udc)
        self.is_plugged = True
        if self.path:
            self.wire = Wire(self.path)
        return self

    def unplug(self):
        write(f'{self.folder}/UDC', '\n')
        self.is_plugged = False
        if self.wire:
            self.wire.close()
        self.wire = None


class Wire:
    """What a gadget's function is written to and read from on the device's side."""

    def __init__(self, path, seconds=30):
        end = time.monotonic() + seconds
        while True:
            try:
                self.file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def send(self, data, seconds=30):
        """Waits until the host has taken what was sent before."""
        end = time.monotonic() + seconds
        while True:
            wait = select.poll()
            wait.register(self.file, select.POLLOUT)
            wait.poll(100)
            try:
                return os.write(self.file, data)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise

    def read(self):
        """What came, or nothing."""
        try:
            return os.read(self.file, 4096)
        except BlockingIOError:
            return b''

    def close(self):
        os.close(self.file)


class Scanner(Gadget):
    def __init__(self, descriptor, name='scanner', serial='18120B0D2E'):
        super().__init__(name, 0x0c2e, 0x0b61, 'Honeywell', 'Voyager 1470g', serial)
        self.add_hid(descriptor, 64)

    def scan(self, code, symbology=']E0'):
        data = code.encode()
        while True:
            piece, data = data[:56], data[56:]
            self.wire.send(bytes([2, len(piece)]) + symbology.encode() + piece.ljust(58, b'\0') + bytes([1 if data else 0]))
            if not data:
                return


class Scale(Gadget):
    def __init__(self, descriptor, name='scale'):
        super().__init__(name, 0x0922, 0x8003, 'DYMO', 'M10 10 kg scale')
        self.add_hid(descriptor, 6)

    def weigh(self, grams, status=4):
        self.wire.send(bytes([3, status if grams else 2, 2, 0, grams & 255, grams >> 8]))


class Keyboard(Gadget):
    def __init__(self, name, vendor, product, words):
        super().__init__(name, vendor, product, 'Keys', words)
        self.add_hid(KEYBOARD, 8, boot=True)

    def type(self, text):
        for character in text:
            shift, key = KEYS[character]
            self.wire.send(bytes([shift, 0, key, 0, 0, 0, 0, 0]))
            self.wire.send(bytes(8))


class SerialLine(Gadget):
    """A line of which nobody knows what hangs at it."""

    def __init__(self, name='line', vendor=0x1209, product=0x0001, maker='Lines', words='USB serial line'):
        super().__init__(name, vendor, product, maker, words, 'S1')
        self.words = words
        self.add_serial()

    def plug(self):
        super().plug()
        tty.setraw(self.wire.file)
        return self


class SerialScanner(SerialLine):
    """A scanner in the mode "USB CDC host"."""

    def __init__(self, name='serial'):
        super().__init__(name, 0x0c2e, 0x0907, 'Honeywell', 'Granit 1911i')

    def scan(self, text):
        self.wire.send(text.encode())
