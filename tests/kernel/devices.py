#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hangs at a bench, at a real kernel and a real udev: plugged in, used, pulled and plugged in again, seen by waybillctl. Runs in the
emulated machine (run); TAP on stdout."""

import contextlib
import json
import os
import queue
import select
import shutil
import subprocess
import sys
import threading
import time
import traceback
import tty

from gadget import Keyboard, Scale, Scanner, SerialLine, SerialScanner, Wire
from nfc import Acr122, Chip, Pn53x

BUILD, SOURCE, WORK = (os.environ[name] for name in ('WAYBILL_TEST_BUILD', 'WAYBILL_TEST_SOURCE', 'WAYBILL_KERNEL_WORK'))
CTL = f'{BUILD}/app/waybillctl'
# An ordinary user, in the groups that "waybillctl doctor" wants.
USER = ['setpriv', '--reuid', 'nobody', '--regid', 'nogroup', '--groups', 'plugdev,dialout,video,audio']
STRANGER = ['setpriv', '--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups']
PATIENCE = 60  # an emulated processor is slow; nothing waits that long that works

with open(f'{WORK}/descriptors', encoding='ascii') as described:
    DESCRIPTORS = {name: bytes.fromhex(data) for name, data in (line.split() for line in described)}
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, f'gave up waiting for {what}'
        time.sleep(0.05)
    return value


def settle():
    started = time.monotonic()
    subprocess.run(['udevadm', 'settle'], check=True)
    if time.monotonic() - started > 5:
        print(f'# udev took {time.monotonic() - started:.1f} s', flush=True)


class Watch:
    """waybillctl device watch, and what it said so far."""

    def __init__(self, *arguments, user=USER, command=('watch',)):
        self.events, self.pending, self.lines = [], [], queue.Queue()
        self.process = subprocess.Popen([*user, CTL, '--json', 'device', *command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, cwd='/')
        self.complaints = []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_complaints, daemon=True).start()
        wait_for(lambda: any('Ctrl+C' in line for line in self.complaints) or self.process.poll() is not None, 'waybillctl to watch')
        assert self.process.poll() is None, ''.join(self.complaints)

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def _read_complaints(self):
        for line in self.process.stderr:
            self.complaints.append(line)

    def wait(self, event, text=None, device=None):
        """The first of these that was not waited for yet."""
        end = time.monotonic() + PATIENCE
        at = 0
        while True:
            for said in self.pending[at:]:
                if said['event'] == event and text in (None, said['text']) and (device is None or said['id'].startswith(device)):
                    self.pending.remove(said)
                    return said
            at = len(self.pending)
            try:
                said = self.lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f'no {event} {text or ""} {device or ""}; of: {self.describe()}') from None
            self.events.append(said)
            self.pending.append(said)

    def expect(self, event, text):
        """The next one of these says this and nothing else."""
        said = self.wait(event)
        assert said['text'] == text, f'not {text}: {self.describe()}'

    def describe(self):
        """What was said last, short."""
        return '; '.join(f'{said["event"]} {said["id"]} {said["text"]} {said.get("message") or ""}' for said in self.events[-12:])

    def texts(self, event):
        return [said['text'] for said in self.events if said['event'] == event]

    def end(self):
        started = time.monotonic()
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        if time.monotonic() - started > 5:
            print(f'# waybillctl took {time.monotonic() - started:.1f} s to end', flush=True)
        assert status in (0, 1, 130, -15), f'{status}: {"".join(self.complaints)}'
        bad = [line for line in self.complaints if 'CRITICAL' in line or 'WARNING' in line]
        assert not bad, bad


@contextlib.contextmanager
def watching(*arguments, **options):
    watch = Watch(*arguments, **options)
    try:
        yield watch
    finally:
        if sys.exc_info()[0] is not None:
            print('# ' + ''.join(watch.complaints)[-3000:].replace('\n', '\n# '))
        watch.end()


def devices(user=USER, kinds=('scanner', 'scale', 'nfc', 'camera', 'voice')):
    """What "device list" says, by id."""
    done = subprocess.run([*user, CTL, '--json', 'device', 'list'], capture_output=True, text=True, check=False, cwd='/')
    assert done.returncode == 0, done.stderr
    return {found['id']: found for found in json.loads(done.stdout) if found['kind'] in kinds}


def findings(user=USER):
    done = subprocess.run([*user, CTL, '--json', 'doctor'], capture_output=True, text=True, check=False, cwd='/')
    return json.loads(done.stdout)


# ---- the devices; each made once, plugged in and out as often as wanted

scanner = Scanner(DESCRIPTORS['scanner'])
scale = Scale(DESCRIPTORS['scale'])
serial = SerialScanner()
wedge = Keyboard('wedge', 0x05e0, 0x1200, 'Symbol Bar Code Scanner')
chip = Chip(CTL, '/run/pn532')
pn53x = Pn53x(chip)
acr122 = Acr122(chip)
keyboard = Keyboard('keyboard', 0x1a2c, 0x0042, 'Keyboard')
SCANNER, SCALE, SERIAL, WEDGE = 'usb:0c2e:0b61:18120B0D2E', 'usb:0922:8003:@', 'serial:usb-Honeywell_Granit_1911i_S1-if00', 'evdev:'


@contextlib.contextmanager
def plugged(*gadgets):
    for gadget in gadgets:
        gadget.plug()
    settle()
    try:
        yield
    finally:
        for gadget in gadgets:
            if gadget.is_plugged:
                gadget.unplug()
        settle()


def find(listed, start):
    return next((found for device, found in listed.items() if device.startswith(start)), None)


# ---- rights

RULES = '/etc/udev/rules.d/70-waybill.rules'


def install_rules():
    """For all tests but the first, which sees what is without them."""
    if not os.path.exists(RULES):
        os.makedirs(os.path.dirname(RULES), exist_ok=True)
        shutil.copy(f'{BUILD}/data/udev/70-waybill.rules', RULES)
        subprocess.run(['udevadm', 'control', '--reload'], check=True)


@test
def without_our_rules_the_doctor_says_the_command_that_mends_it():
    assert not os.path.exists(RULES)
    with plugged(scanner, serial, wedge):
        listed = devices()
        assert listed[SCANNER]['state'] == 'trouble' and 'udev rule' in listed[SCANNER]['message'], listed
        said = findings()
        mend = next(finding['mend'] for finding in said if finding['check'] == 'device-rules')
        assert any(finding['check'] == 'device' and finding['state'] == 'problem' and finding['mend'] == mend for finding in said), said
        done = subprocess.run(['bash', '-c', 'sudo () { "$@"; }; ' + mend], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        settle()
        assert os.path.exists(RULES)
        listed = devices()
        for device in (SCANNER, SERIAL, WEDGE):
            assert find(listed, device) and find(listed, device)['state'] == 'ready', (device, listed)


@test
def a_stranger_is_told_the_group():
    with plugged(scanner, serial):
        listed = devices(STRANGER)
        assert listed[SCANNER]['state'] == 'trouble' and listed[SERIAL]['state'] == 'trouble', listed
        mends = [finding['mend'] or '' for finding in findings(STRANGER) if finding['check'] == 'device']
        assert len(mends) == 2 and all('usermod -aG plugdev ' in mend for mend in mends), mends


@test
def nobody_else_tries_out_what_is_ours():
    """ModemManager leaves alone what udev says so of."""
    with plugged(serial):
        port = wait_for(lambda: [name for name in os.listdir('/dev') if name.startswith('ttyACM')], 'a port')[0]
        about = subprocess.run(['udevadm', 'info', f'/dev/{port}'], capture_output=True, text=True, check=True).stdout
        assert 'ID_MM_DEVICE_IGNORE=1' in about, about


# ---- scanners and scales at USB

@test
def both_are_found_and_work():
    with plugged(scanner, scale):
        listed = devices()
        assert listed[SCANNER]['state'] == 'ready' and listed[SCANNER]['name'] == 'Honeywell Voyager 1470g', listed
        assert find(listed, SCALE)['state'] == 'ready', listed


@test
def plugged_in_scanned_weighed_pulled_and_plugged_in_again():
    with watching() as watch:
        for turn in range(3):
            with plugged(scanner, scale):
                for device in (SCANNER, SCALE):
                    watch.wait('state', 'ready', device)
                scanner.scan(f'400638133393{turn}')
                watch.expect('scan', f'400638133393{turn}')
                scale.weigh(1840 + turn)
                assert watch.wait('weight')['text'].startswith(f'{1840 + turn}')
            for device in (SCANNER, SCALE):
                watch.wait('state', 'gone', device)
        assert len(watch.texts('scan')) == 3 and len(watch.texts('weight')) == 3, watch.events


@test
def each_of_many_scans_comes_once_and_in_order():
    """Each report fills its packet, so that the kernel sends an empty one behind it."""
    codes = [f'{number:013d}' + ('x' * 100 if number % 10 == 0 else '') for number in range(200)]
    with plugged(scanner), watching() as watch:
        watch.wait('state', 'ready', SCANNER)
        for code in codes:
            scanner.scan(code)
        for code in codes:
            watch.wait('scan', code)
        assert watch.texts('scan') == codes and not watch.texts('garbage'), watch.events[-10:]


def raw_files():
    return [name for name in os.listdir('/dev') if name.startswith('hidraw')]


@test
def the_kernel_gets_it_back():
    with plugged(scanner):
        wait_for(raw_files, 'the kernel to have it')
        with watching() as watch:
            watch.wait('state', 'ready', SCANNER)
            wait_for(lambda: not raw_files(), 'the kernel to let go of it')
        wait_for(raw_files, 'the kernel to have it back')


@test
def pulled_in_the_middle_of_a_scan():
    with watching() as watch:
        with plugged(scanner):
            watch.wait('state', 'ready', SCANNER)
            scanner.wire.send(bytes([2, 56]) + b']C0' + b'x' * 58 + b'\x01')  # more follows, and never comes
        watch.wait('state', 'gone', SCANNER)
        with plugged(scanner):
            watch.wait('state', 'ready', SCANNER)
            scanner.scan('4006381333931')
            watch.expect('scan', '4006381333931')


@test
def pulled_and_plugged_in_fifty_times():
    with watching() as watch:
        for _ in range(50):
            scanner.plug()
            scanner.unplug()
        with plugged(scanner):
            scanner.scan('4006381333931', ']C0')
            watch.wait('scan', '4006381333931')


# ---- serial lines at USB

@test
def a_serial_scanner_is_pulled_in_the_middle_of_a_code():
    with watching() as watch:
        with plugged(serial):
            watch.wait('state', 'ready', SERIAL)
            serial.scan('4006381333931\r')
            watch.expect('scan', '4006381333931')
            serial.scan('400638')
        watch.wait('state', 'gone', SERIAL)
        with plugged(serial):
            watch.wait('state', 'ready', SERIAL)
            serial.scan('96385074\r\n')
            watch.expect('scan', '96385074')


class Relay(threading.Thread):
    """A wire from a gadget's serial line to a twin that waybillctl plays."""

    def __init__(self, gadget, kind, *options):
        super().__init__(daemon=True)
        self.gadget = gadget
        self.path = f'/run/{kind}'
        self.twin = subprocess.Popen([CTL, 'device', 'emulate', kind, '--line', self.path, *options], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, text=True)
        assert self.path in self.twin.stdout.readline()
        self.line = Wire(self.path)
        self.goes_on = True
        self.start()

    def run(self):
        while self.goes_on:
            near, far = self.gadget.wire, self.line
            if near is None:
                time.sleep(0.02)
                continue
            try:
                select.select([near.file, far.file], [], [], 0.1)
                for one, other in ((near, far), (far, near)):
                    if data := one.read():
                        other.send(data)
            except (OSError, ValueError):
                time.sleep(0.02)

    def say(self, text):
        self.twin.stdin.write(text + '\n')
        self.twin.stdin.flush()

    def end(self):
        self.goes_on = False
        self.join()
        self.line.close()
        self.twin.stdin.close()
        self.twin.wait(PATIENCE)


def port_of(gadget):
    def search():
        for name in os.listdir('/sys/class/tty'):
            path = os.path.realpath(f'/sys/class/tty/{name}/device')
            try:
                with open(os.path.join(os.path.dirname(path), 'product'), encoding='utf-8') as product:
                    if product.read().strip() == gadget.words:
                        return f'/dev/{name}'
            except OSError:
                pass
        return None
    return wait_for(search, 'the port')


def weigh_through(protocol):
    relay = Relay(line, 'scale', '--protocol', protocol)
    try:
        with plugged(line):
            path = port_of(line)
            with watching(f'serial:{path}', '--driver', protocol, command=('test',)) as watch:
                relay.say('1.84 kg')
                watch.expect('weight', '1.840 kg')
                line.unplug()
                watch.wait('state', 'gone')
                line.plug()
                relay.say('empty')
                relay.say('0.56 kg')
                watch.expect('weight', '0.560 kg')
    finally:
        relay.end()


line = SerialLine()


@test
def a_sics_scale_at_a_usb_line():
    weigh_through('serial-sics')


@test
def an_8217_scale_at_a_usb_line():
    weigh_through('serial-8217')


@test
def a_pn532_at_a_usb_line():
    relay = Relay(line, 'nfc')
    try:
        with plugged(line):
            path = port_of(line)
            with watching(f'nfc:pn532_uart:{path}:115200', '--driver', 'libnfc', command=('test',)) as watch:
                watch.wait('state', 'ready')
                relay.say('04A1B2C3D4E5F6 WB:STAFF:1001')
                assert watch.wait('tag')['text'] == '04A1B2C3D4E5F6'
    finally:
        relay.end()


# ---- NFC readers at USB

def tap(reader, start):
    """Found, tapped, pulled and plugged in again, twice."""
    with watching() as watch:
        for turn in range(2):
            with plugged(reader):
                watch.wait('state', 'ready', start)
                chip.hold(f'04A1B2C3D4E5F{turn} WB:STAFF:100{turn}')
                said = watch.wait('tag', f'04A1B2C3D4E5F{turn}', start)
                assert said['content'] == f'WB:STAFF:100{turn}', said
                chip.hold('')
                watch.wait('away', device=start)
            watch.wait('state', 'gone', start)


@test
def a_pn53x_at_usb_is_tapped_pulled_and_tapped_again():
    tap(pn53x, 'nfc:usb-SCM_Micro_SCL3712')


@test
def a_reader_that_hangs_comes_back_and_nobody_else_is_blamed():
    with plugged(pn53x), watching() as watch:
        watch.wait('state', 'ready', 'nfc:usb-SCM')
        pn53x.is_silent = True
        watch.wait('state', 'trouble', 'nfc:usb-SCM')
        pn53x.is_silent = False
        watch.wait('state', 'ready', 'nfc:usb-SCM')
        assert not any('another program' in (said.get('message') or '') for said in watch.events), watch.describe()


@test
def the_kernel_s_own_driver_has_an_acr122_until_the_doctor_s_command():
    with plugged(acr122):
        # Debian's libnfc keeps it from being loaded by itself
        subprocess.run(['modprobe', 'pn533_usb'], check=True)
        wait_for(lambda: any(':' in name for name in os.listdir('/sys/bus/usb/drivers/pn533_usb')), 'the driver to have it')
        found = find(devices(), 'nfc:usb-ACS_ACR122U')
        assert found['state'] == 'trouble' and "kernel's own driver" in found['message'], found
        mend = next(finding['mend'] for finding in findings() if finding['check'] == 'nfc-drivers')
        done = subprocess.run(['bash', '-c', 'sudo () { "$@"; }; ' + mend], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found = find(devices(), 'nfc:usb-ACS_ACR122U')
        assert found['state'] == 'ready', found


@test
def an_acr122_is_tapped_pulled_and_tapped_again():
    tap(acr122, 'nfc:usb-ACS_ACR122U')


@test
def a_stranger_is_told_the_group_of_nfc_readers_and_keyboards_too():
    with plugged(pn53x, wedge):
        found = find(devices(STRANGER), 'nfc:usb-SCM')
        assert found['state'] == 'trouble' and 'udev rule' in found['message'], found
        mends = [finding['mend'] or '' for finding in findings(STRANGER) if finding['check'] == 'device']
        assert len(mends) == 2 and all('usermod -aG plugdev ' in mend for mend in mends), mends


# ---- scanners that play a keyboard

class Ear:
    """Somebody else who listens to a keyboard, as a desktop does; and to the console."""

    def __init__(self, gadget):
        def search():
            for name in sorted(os.listdir('/sys/class/input')):
                path = os.path.realpath(f'/sys/class/input/{name}')
                if name.startswith('event') and f'/{gadget.udc}/' in path.replace('dummy_hcd', 'dummy_udc'):
                    return name
            return None
        self.name = wait_for(search, 'the keyboard')
        self.wire = Wire(f'/dev/input/{self.name}')
        self.heard = b''

    def hears(self):
        while data := self.wire.read():
            self.heard += data
        # type 1 is a key
        return sum(1 for at in range(0, len(self.heard), 24) if self.heard[at + 16:at + 18] == b'\x01\x00')


@test
def a_keyboard_that_is_a_scanner_is_heard_by_nobody_else():
    console = Wire('/dev/tty1')
    tty.setraw(console.file)
    with plugged(wedge, keyboard):
        wedge_ear, keyboard_ear = Ear(wedge), Ear(keyboard)
        with watching() as watch:
            watch.wait('state', 'ready', WEDGE)
            wedge.type('WB:OK\n4006381333931\n')
            watch.expect('scan', 'WB:OK')
            watch.expect('scan', '4006381333931')
            # somebody who types at the same time writes where they want to
            keyboard.type('typed\n')
            wait_for(lambda: keyboard_ear.hears() == 12, 'what is typed')
            assert wedge_ear.hears() == 0
            assert console.read() == b'typed\r'
            assert len(watch.texts('scan')) == 2, watch.events
        # and afterwards it is a keyboard as any other
        wedge.type('12')
        wait_for(lambda: wedge_ear.hears() == 4, 'the keyboard to be one again')
    console.close()


@test
def a_keyboard_scanner_is_pulled_in_the_middle_of_a_code():
    with watching() as watch:
        with plugged(wedge):
            watch.wait('state', 'ready', WEDGE)
            wedge.type('40063')
        watch.wait('state', 'gone', WEDGE)
        with plugged(wedge):
            watch.wait('state', 'ready', WEDGE)
            wedge.type('96385074\n')
            watch.expect('scan', '96385074')


# ---- cameras and microphones

@test
def a_camera_is_found_and_pulled():
    subprocess.run(['modprobe', 'vivid', 'n_devs=1', 'node_types=0x1'], check=True)
    settle()
    camera = find(devices(kinds=('camera',)), 'camera:')
    assert camera and camera['state'] == 'ready', camera
    with watching() as watch:
        watch.wait('state', 'ready', camera['id'])
        with open('/sys/bus/platform/drivers/vivid/unbind', 'w', encoding='ascii') as unbind:
            unbind.write('vivid.0')
        watch.wait('state', 'gone', camera['id'])
        with open('/sys/bus/platform/drivers/vivid/bind', 'w', encoding='ascii') as bind:
            bind.write('vivid.0')
        watch.wait('state', 'ready', camera['id'])


def main():
    wanted = sys.argv[1:]
    for function in TESTS:
        if wanted and function.__name__ not in wanted:
            continue
        if function is not TESTS[0]:
            install_rules()
        started = time.monotonic()
        try:
            function()
            word = 'ok'
        except Exception:  # pylint: disable=broad-except
            print('# ' + traceback.format_exc().strip().replace('\n', '\n# '))
            word = 'not ok'
        print(f'{word} - {function.__name__}  # {time.monotonic() - started:.1f} s', flush=True)
    print('end', flush=True)


if __name__ == '__main__':
    main()
