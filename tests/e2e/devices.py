#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hangs at a bench: real drivers in the real programs, and devices that `waybillctl device emulate` plays below them."""

import contextlib
import json
import os
import re
import subprocess

from harness import main, program_file, scenario, wait_for
from station import FETCHED, VERIFIED, bench, printed_label, scan, stock, take_next


class Twin:
    """A device on a serial line: plugged in until it is told otherwise."""

    def __init__(self, kind, path, *options):
        self.command = [program_file('waybillctl'), 'device', 'emulate', kind, '--line', path, *options]
        self.path = path
        self.plug_in()

    def plug_in(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.path in self.process.stdout.readline()

    def say(self, text):
        self.process.stdin.write(text + '\n')
        self.process.stdin.flush()

    def unplug(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()
        assert not os.path.lexists(self.path)


@contextlib.contextmanager
def plugged(shop, *kinds):
    """Twins by their kind, and the profile that names them."""
    drivers = {'scanner': ('serial:{}', 'serial-scanner'), 'scale': ('serial:{}', 'serial-sics'),
               'nfc': ('nfc:pn532_uart:{}:115200', 'libnfc')}
    twins = {kind: Twin(kind, f'{shop.folder}/{kind}') for kind in kinds}
    devices = [{'id': drivers[kind][0].format(twin.path), 'kind': kind, 'driver': drivers[kind][1], 'name': f'My {kind}'}
               for kind, twin in twins.items()]
    try:
        yield twins, devices
    finally:
        for twin in twins.values():
            if twin.process.poll() is None:
                twin.unplug()


def set_profile(sql, station, **profile):
    sql(f"update wb.station set profile = '{json.dumps(profile)}' where code = '{station}'")


def open_settings(shop):
    program = bench(shop, 'ST1')
    program.activate()
    program.key('ctrl+comma')
    return program


@scenario(orders=0)
def an_order_goes_out_by_scanner_and_scale(shop):
    sql = stock(shop)
    with plugged(shop, 'scanner', 'scale') as (twins, devices):
        set_profile(sql, 'ST1', devices=devices, sounds=False)
        program = bench(shop, 'ST1')
        program.find('label', text='scale')
        scan(program, 'WB:OK', by=twins['scanner'].say)
        program.find('label', text='#10482')
        scan(program, *FETCHED, VERIFIED[0], by=twins['scanner'].say)
        twins['scanner'].unplug()
        twins['scale'].unplug()
        program.find('label', text='no scanner')
        program.find('label', text='no scale')
        program.find('label', text='1 of 3 pieces')
        twins['scale'].plug_in()
        twins['scanner'].plug_in()
        program.find('label', text='scale')
        scan(program, *VERIFIED[1:], 'WB-BOX-M', by=twins['scanner'].say)
        # what lies there is seen before it is a weight
        program.find('label', text='0.000 kg')
        twins['scale'].say('overload')
        program.find('label', text='More lies on it than it can carry: take something off.')
        twins['scale'].say('underload')
        program.find('push button', 'Set to zero')
        twins['scale'].say('empty')
        program.wait_gone('push button', 'Set to zero')
        program.find('label', text='0.000 kg')
        twins['scale'].say('1.10 kg')
        program.find('push button', 'Weigh again')
        twins['scale'].say('empty')
        twins['scale'].say('1.10 kg')
        # what was forgotten goes in, and the scale says so by itself
        twins['scale'].say('1.60 kg')
        program.find('label', text='Stick it on and scan it')
        twins['scanner'].say(printed_label(sql))
        program.find('label', text='#10483')
    assert sql("select status from wb.sales_order where number = '10482'") == 'shipped'
    assert sql("select data ->> 'number' from wb.work_event where kind = 'weigh'") == '1600'


@scenario(orders=0)
def a_doubted_parcel_that_lies_there_still_is_not_believed(shop):
    """By a bench that was started again: it is weighed once more by somebody, not by the scale."""
    sql = stock(shop)
    with plugged(shop, 'scanner', 'scale') as (twins, devices):
        set_profile(sql, 'ST1', devices=devices, sounds=False)
        program = bench(shop, 'ST1')
        program.find('label', text='scale')
        scan(program, 'WB:OK', *FETCHED, *VERIFIED, 'WB-BOX-M', by=twins['scanner'].say)
        twins['scale'].say('1.10 kg')
        program.find('push button', 'Weigh again')
        program.kill()
        program = bench(shop, 'ST1', button='Go on')
        program.find('label', text='scale')
        program.activate()
        program.key('Return')
        program.find('push button', 'Weigh again')
        program.key('Return')
        program.wait_gone('push button', 'Weigh again')
        program.kill()
        program = bench(shop, 'ST1', button='Go on')
        program.find('label', text='scale')
        program.activate()
        program.key('Return')
        program.wait_text('1.100 kg')
        program.find('label', text='Take it off and weigh it again')
        twins['scale'].say('empty')
        program.wait_text('0.000 kg')
        # nor one that only moved a little, whatever was lifted before it was doubted
        twins['scale'].say('2.00 kg')
        program.find('push button', 'Weigh again')
        program.key('Return')
        program.wait_gone('push button', 'Weigh again')
        twins['scale'].say('2.02 kg')
        program.wait_for(lambda: {'2.020 kg', 'at rest'} <= set(program.texts()), 'the parcel to rest')
        twins['scale'].say('empty')
        program.wait_text('0.000 kg')
        assert sql("select count(*) from wb.work_event where kind = 'weigh'") == '0'
        twins['scale'].say('2.02 kg')
        program.find('label', text='Stick it on and scan it')


@scenario(orders=0)
def a_running_bench_follows_its_profile(shop):
    sql = stock(shop)
    with plugged(shop, 'scanner') as (twins, devices):
        program = bench(shop, 'ST1')
        set_profile(sql, 'ST1', devices=devices)
        wait_for(lambda: (twins['scanner'].say('WB:OK'), program.has('label', '#10482'))[1], 'the scanner to be used')
        set_profile(sql, 'ST1', devices=[dict(devices[0], used=False)])
        set_profile(sql, 'ST2', devices=devices)
        other = bench(shop, 'ST2')
        wait_for(lambda: (twins['scanner'].say('WB:OK'), other.has('label', '#10483'))[1], 'the scanner to be the other one\'s')


@scenario(orders=0)
def badges_and_shelves_are_tapped(shop):
    sql = stock(shop)
    sql("update wb.staff set badge_code = '04A1B2C3D4E5F6' where login = 'anna.binder'")
    with plugged(shop, 'nfc') as (twins, devices):
        set_profile(sql, 'ST1', devices=devices)
        program = bench(shop, 'ST1')
        program.find('label', text='NFC')

        numbers = iter(range(10))

        def tap(text, role, words):
            """Another tag in between, so that the same one is a new tap."""
            twins['nfc'].say(text)
            program.find(role, words) if role else program.wait_text(re.compile(words))
            foreign = f'0402030405060{next(numbers)}'
            twins['nfc'].say(f'{foreign} WB:SHORT')
            program.wait_text(re.compile(f'^The tag {foreign} is nobody'))
        tap('04A1B2C3D4E5F6', None, '^Anna Binder works here now')
        tap('04A1B2C3D4E5F6', 'push button', 'I have read it')
        tap('04A1B2C3D4E5F6', 'push button', 'I have it')
        tap('04010203040507 WB:BIN:A-04-2', 'push button', 'I have all 2')
    wait_for(lambda: sql("select string_agg(kind || coalesce(data ->> 'person', ''), ' ' order by seq) from wb.work_event") ==
             'claimanna.binder acknowledgeanna.binder reviewedanna.binder pickanna.binder', 'what was tapped to be stored')


@scenario(orders=0)
def a_scanner_for_badges_reads_nothing_else(shop):
    sql = stock(shop)
    sql("update wb.staff set badge_code = '96385074' where login = 'anna.binder'")  # as a product's code is
    with plugged(shop, 'scanner') as (twins, devices):
        set_profile(sql, 'ST1', devices=[{**devices[0], 'role': 'badge'}])
        program = bench(shop, 'ST1')
        take_next(program, 10482)
        twins['scanner'].say('96385074')
        program.wait_text('Anna Binder works here now.')
        twins['scanner'].say('WB:CONFIRM')
        program.wait_text(re.compile('^Nobody has this badge'))
        twins['scanner'].say('WB:STAFF:1001')
        program.wait_text('Petra Packer works here now.')
    assert sql("select string_agg(kind, ' ') from wb.work_event") == 'claim'


@scenario(orders=0)
def devices_are_set_up_in_the_settings(shop):
    sql = stock(shop)
    with plugged(shop, 'scanner', 'scale') as (twins, devices):
        program = open_settings(shop)
        # nothing moves from under the pointer when the looking is over
        missing = program.find('label', 'Something is missing?')
        program.wait_for(lambda: missing.on_screen, 'the page')
        place = missing.extents
        program.find('label', 'Nothing was found')
        assert missing.extents == place, (place, missing.extents)
        missing.click()
        program.find('text', 'Device file').click()
        program.type(twins['scanner'].path)
        program.find('push button', 'Add').click()
        wait_for(lambda: sql("select profile #>> '{devices,0,driver}' from wb.station where code = 'ST1'") == 'serial-scanner', 'the profile')
        program.find('label', re.compile('^Scanner at ')).click()
        program.find('label', text='Scan something')
        twins['scanner'].say(']E04006381333931')
        program.wait_text('4006381333931')
        program.wait_text(re.compile(r'EAN/UPC\s+·\s+13 characters\nGTIN 04006381333931'))
        twins['scanner'].say(']C101095201234567881721073010AB-12')
        program.wait_text(re.compile(r'GS1-128\s+·\s+31 characters\n.*GTIN: 09520123456788\n.*\n.*: AB-12'))
        # what is wrong with a code is said
        twins['scanner'].say(']C101095201234567891721073010AB-12')
        program.wait_text(re.compile(r'GS1-128\s+·\s+31 characters\n.*check digit'))
        assert sql("select count(*) from wb.work_event") == '0'
        set_profile(sql, 'ST1', devices=devices)
        program.find('label', 'My scanner').click()
        program.wait_for(lambda: program.find('label', 'My scale').extents[1] < 400, 'the scale to be seen')
        program.find('label', 'My scale').click()
        twins['scale'].say('1.84 kg')
        program.wait_text('1.840 kg')
        program.find('push button', 'Tare').click()
        program.wait_text('0.000 kg')
        # pulled out and plugged in again in the middle of the test, which goes on
        twins['scale'].unplug()
        program.find('label', text='not plugged in')
        twins['scale'].plug_in()
        twins['scale'].say('2.50 kg')
        program.wait_text('2.500 kg')
        program.key('Escape')


@scenario(orders=0)
def a_scanner_that_types_is_set_up(shop):
    """One that sends no Enter: the settings say what its scan looks like, and what is set there counts at once."""
    sql = stock(shop)
    program = open_settings(shop)
    program.find('label', 'Scanners that type').click()
    program.find('text', re.compile('^Try it')).click()
    program.scan('4006381333931')
    program.wait_text('Read as a scan: 4006381333931')
    program.wait_text(re.compile('^13 characters, .* ends with Enter$'))
    program.type('4006381333931')
    program.wait_text('Taken for typing')
    program.wait_text(re.compile('no end key\nIt sends no Enter'))
    program.find('label', 'No end key').click()
    wait_for(lambda: sql("select profile #>> '{devices,0,options,end}' from wb.station where code = 'ST1'") == 'no', 'the profile')
    program.find('text', re.compile('^Try it')).click()
    program.type('4006381333931')
    program.wait_text('Read as a scan: 4006381333931')
    assert sql("select count(*) from wb.work_event") == '0'
    # the first Escape takes away the toast that offers Undo
    program.wait_for(lambda: (program.key('Escape'), not program.has('label', 'Scanners that type'))[1], 'the settings to close')
    take_next(program, 10482)
    program.type('WB:CONFIRM')
    program.find('push button', 'I have it')
    # and back: the same keys are typing now, until Enter
    set_profile(sql, 'ST1', devices=[])
    program.wait_for(lambda: (program.type('WB:CONFIRM'), program.has('label', text=re.compile('WB:CONFIRM')))[1], 'typing to be shown')


@contextlib.contextmanager
def emulated_printer(shop):
    """A label printer on the network that keeps what it prints: its address."""
    printer = subprocess.Popen([program_file('waybillctl'), 'device', 'emulate', 'printer', '--port', '0', '--keep', shop.folder],
                               stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r'127\.0\.0\.1:\d+', printer.stdout.readline()).group(0)
    finally:
        printer.terminate()
        printer.wait(20)
        printer.stdout.close()


def kept_by_printer(shop):
    return [open(f'{shop.folder}/{name}', encoding='utf-8').read() for name in os.listdir(shop.folder) if name.startswith('document-')]


@scenario(orders=0)
def a_label_printer_on_the_network_is_tried(shop):
    sql = stock(shop)
    with emulated_printer(shop) as address:
        set_profile(sql, 'ST1', devices=[{'id': f'socket:{address}', 'driver': 'socket', 'name': 'My printer', 'options': {'language': 'zpl'}}])
        program = open_settings(shop)
        program.find('label', 'My printer').click()
        program.find('label', text='Ready')
        program.find('push button', 'Print a test label').click()
        program.find('label', text='A test label is on its way')

        def kept():
            """Which printer, how it is told and when, and barcodes to try scanners with."""
            return any('^XA' in text and address in text and 'ZPL II · 203 dpi' in text and len(re.findall('WT[0-9]{4}', text)) > 2
                       for text in kept_by_printer(shop))
        wait_for(kept, 'the label')

        # what it is told in stands there in words
        program.find('label', 'ZPL (Zebra and the like)')
        program.find('label', 'Language').click(button=5, times=20)
        program.find('label', 'Language').click()
        program.key('Down', 'Down', 'Down', 'Return')  # default, by itself, ZPL, EPL2
        wait_for(lambda: sql("select profile #>> '{devices,0,options,language}' from wb.station where code = 'ST1'") == 'epl', 'the language')

        # and so can be chosen for what the bench prints
        program.find('page tab', 'Printers').click()
        program.find('label', 'Label printer').click()
        program.key('Down', 'Return')
        wait_for(lambda: sql("select profile #>> '{documents,label,printer}' from wb.station where code = 'ST1'") == f'socket:{address}', 'the route')
        program.key('Escape')


@scenario(orders=0)
def what_is_not_touched_in_the_settings_stays(shop):
    sql = stock(shop)
    set_profile(sql, 'ST1', documents={'label': {'printer': '', 'language': 'tspl', 'dpi': 600, 'tray': 'rear'}}, camera={'keep': True})
    program = open_settings(shop)
    program.find('page tab', 'Printers').click()
    program.find('label', 'Office printer').click(button=5, times=20)
    program.wait_for(lambda: program.find('label', 'Right and wrong are also heard').extents[1] < 560, 'the end of the page')
    program.find('label', 'Right and wrong are also heard').click()
    wait_for(lambda: sql("select profile ->> 'sounds' from wb.station where code = 'ST1'") == 'false', 'the profile')
    assert json.loads(sql("select profile from wb.station where code = 'ST1'")) == {
        'documents': {'label': {'printer': '', 'language': 'tspl', 'dpi': 600, 'tray': 'rear'}}, 'camera': {'keep': True}, 'sounds': False}
    program.key('Escape')


@scenario(orders=0)
def what_lies_in_a_printer_is_chosen_and_told(shop):
    sql = stock(shop)
    with emulated_printer(shop) as address:
        set_profile(sql, 'ST1', documents={'label': {'printer': f'socket:{address}', 'language': 'zpl'}})
        program = bench(shop, 'ST1')
        program.activate()
        program.key('ctrl+comma')
        program.find('page tab', 'Printers').click()
        program.find('label', 'Labels in it').click()
        program.key('Down', 'Down', 'Down', 'Return')  # as it is set, A6, 4 × 6 in, the same with black marks
        wait_for(lambda: sql("select profile #>> '{documents,label,media}' from wb.station where code = 'ST1'") == 'mark 101.6x152.4 3', 'the profile')
        program.find('push button', 'Undo')
        program.key('Escape')  # the toast first
        program.wait_gone('push button', 'Undo')
        program.key('Escape')
        program.wait_gone('page tab', 'Printers')
        take_next(program, 10482)
        for code in (*FETCHED, *VERIFIED, 'WB-BOX-M', '1.60'):
            program.scan(code)
        wait_for(lambda: any('^MNM' in text and '10482' in text for text in kept_by_printer(shop)), 'the label')


@scenario(orders=0)
def a_machine_s_old_printers_become_the_station_s(shop):
    sql = stock(shop)
    folder = f'{shop.folder}/glib-2.0/settings'
    os.makedirs(folder)
    with open(f'{folder}/keyfile', 'w', encoding='ascii') as settings:
        settings.write("[org/waybill/Station]\nprinter='Zebra'\nprinter-resolution='300'\npaper-printer='Laser'\nsounds=false\n")
    bench(shop, 'ST1', environment={'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': shop.folder})
    wait_for(lambda: sql("select concat_ws(' ', profile #>> '{documents,label,printer}', profile #>> '{documents,label,language}', "
                         "profile #>> '{documents,label,dpi}', profile #>> '{documents,paper,printer}', profile ->> 'sounds') from wb.station "
                         "where code = 'ST1'") == 'Zebra zpl 300 Laser false', 'the profile')

    def left():
        with open(f'{folder}/keyfile', encoding='ascii') as settings:
            return 'printer' in settings.read()
    wait_for(lambda: not left(), 'the machine to forget them')


@scenario(orders=0)
def the_office_sets_up_any_station(shop):
    sql = stock(shop)
    with plugged(shop, 'scale') as (twins, devices):
        set_profile(sql, 'ST2', devices=devices)
        office = shop.start('waybill')
        office.find('tree table', 'Orders')
        office.activate()
        office.key('ctrl+comma')
        office.find('page tab', 'Devices').click()
        office.find('label', 'Bench 1').click()
        office.find('label', 'Bench 2').click()
        office.find('label', 'My scale').click()
        twins['scale'].say('1.84 kg')
        office.wait_text('1.840 kg')
        office.find('text', 'Name at this station').click()
        office.key('ctrl+a')
        office.type('The small one')
        office.key('Return')
        wait_for(lambda: sql("select profile #>> '{devices,0,name}' from wb.station where code = 'ST2'") == 'The small one', 'the name')
        office.find('label', 'The small one')
        office.key('Escape')


@scenario
def what_a_code_says_is_no_command_for_the_terminal(shop):
    twin = Twin('scanner', f'{shop.folder}/scanner')
    test = subprocess.Popen([program_file('waybillctl'), 'device', 'test', f'serial:{twin.path}', '--driver', 'serial-scanner', '--once'],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        while not test.stdout.readline().rstrip().endswith('ready'):
            assert test.poll() is None
        twin.say('10A\x1d21B\x1b[2J')
        told = test.stdout.read()
        assert '10A␝21B␛[2J' in told and '\x1b' not in told, told
        assert test.wait(20) == 0
    finally:
        test.kill()
        test.wait()
        test.stdout.close()
        twin.unplug()


def try_out(*words):
    """What `waybillctl device test` told, a line each, and its exit status."""
    done = subprocess.run([program_file('waybillctl'), '--json', 'device', 'test', *words], capture_output=True, text=True, check=False, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr


@scenario
def a_printer_and_a_camera_are_tried_by_an_administrator(shop):
    with emulated_printer(shop) as address:
        told, status, _ = try_out(f'socket:{address}', '--driver', 'socket', '--option', 'language=zpl', '--option', 'resolution=300')
        assert status == 0 and [one['event'] for one in told if one['event'] != 'state'] == ['printed'], told
        # once, and as fine as the printer is
        assert [text.count('ZPL II · 300 dpi') for text in kept_by_printer(shop) if '^XA' in text] == [1], kept_by_printer(shop)
    told, status, said = try_out(f'socket:{address}', '--driver', 'socket', '--option', 'resolution=7')
    assert status == 1 and not told and 'resolution' in said, said
    told, status, _ = try_out('camera:Door', '--driver', 'gstreamer', '--once',
                              '--option', 'source=videotestsrc is-live=true ! video/x-raw,width=640,height=480')
    assert status == 0 and told[-1]['event'] == 'photo' and told[-1]['text'].startswith('640 × 480 pixels'), told


if __name__ == '__main__':
    main()
