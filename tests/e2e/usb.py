#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole bench at emulated USB devices: scanned, weighed, unplugged in the middle and plugged in elsewhere."""

import re
import select
import subprocess

from harness import BUILD, PATIENCE, Failed, main, scenario, wait_for
from station import FETCHED, VERIFIED, bench, printed_label, scan, stock


SCANNER, SCALE = 'Honeywell Voyager 1470g', 'DYMO M10 10 kg scale'


class UsbBench:
    """A computer with a USB scanner and a USB scale below libusb (tests/devices/wb-test-usb-bench.c); .environment makes a program sit at it."""

    def __enter__(self):
        self.process = subprocess.Popen(['umockdev-wrapper', f'{BUILD}/tests/devices/wb-test-usb-bench'], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.environment = dict(line.strip().split('=', 1) for line in iter(self.process.stdout.readline, '\n'))
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        assert self.process.wait(20) == 0
        self.process.stdout.close()

    def say(self, text):
        self.process.stdin.write(text + '\n')
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            raise Failed(f'{text}: no answer')
        answer = self.process.stdout.readline().strip()
        assert answer in ('done', 'yes', 'no'), f'{text}: {answer}'
        return answer

    def ask(self, text):
        return self.say(text) == 'yes'

    def scan(self, code):
        self.say(f'scan {code}')


@scenario(orders=0)
def an_order_goes_out_by_usb_scanner_and_usb_scale(shop):
    sql = stock(shop)
    with UsbBench() as usb:
        # what is plugged in while the bench is open is used without anybody having named it
        program = bench(shop, 'ST1', environment=usb.environment)
        assert not program.has('label', text='scale')
        usb.say('plug scanner')
        usb.say('plug scale')
        program.find('label', text='scale')
        wait_for(lambda: usb.ask('claimed scanner') and usb.ask('claimed scale'), 'both to be taken from the kernel')
        scan(program, 'WB:OK', by=usb.scan)
        program.find('label', text='#10482')
        scan(program, *FETCHED, VERIFIED[0], by=usb.scan)

        # both are pulled in the middle; the order stays where it was, and goes on with the same devices in other plugs
        usb.say('unplug scanner')
        usb.say('unplug scale')
        program.wait_gone('label', 'scale')
        program.find('label', text='1 of 3 pieces')
        usb.say('plug scale')
        usb.say('plug scanner')
        program.find('label', text='scale')
        wait_for(lambda: usb.ask('claimed scanner') and usb.ask('claimed scale'), 'both to be taken again')
        scan(program, ']E0' + VERIFIED[1], VERIFIED[2], by=usb.scan)

        # what lies on the scale before its turn, and is no weight yet when it is pulled, is not weighed
        usb.say('weigh 900')
        usb.say('unplug scale')
        program.wait_gone('label', 'scale')
        scan(program, 'WB-BOX-M', by=usb.scan)
        usb.say('plug scale')
        program.find('label', text='scale')
        wait_for(lambda: usb.ask('claimed scale'), 'it to be taken once more')
        usb.say('weigh 1100')
        program.find('push button', 'Weigh again')
        usb.say('weigh 0')
        usb.say('weigh 1600')
        program.find('label', text='Stick it on and scan it')
        usb.scan(printed_label(sql))
        program.find('label', text='#10483')
        program.close()
    assert sql("select status from wb.sales_order where number = '10482'") == 'shipped'
    assert sql("select string_agg(data ->> 'number', ' ' order by seq) from wb.work_event where kind = 'weigh'") == '1600'
    # each thing was scanned once, however often the scanner came
    assert sql("select count(*) from wb.work_event where kind = 'verify'") == '3'


@scenario(orders=0)
def a_device_that_comes_back_has_its_place_in_the_settings(shop):
    stock(shop)
    with UsbBench() as usb:
        program = bench(shop, 'ST1', environment=usb.environment)
        program.activate()
        program.key('ctrl+comma')
        program.find('label', 'Nothing was found')
        usb.say('plug scanner')
        program.find('label', SCANNER)
        usb.say('plug scale')
        rows = [program.wait_for(lambda name=name: next((row for row in program.find_all('list item', name) if row.description == 'works'), None),
                                 f'{name} to say to a screen reader that it works') for name in (SCANNER, SCALE)]

        def places():
            return [(row.find('check box', re.compile('^Use ')).extents, row.extents) for row in rows]
        before = places()
        for switch, row in before:
            assert abs(2 * switch[1] + switch[3] - 2 * row[1] - row[3]) <= 2, ('in the middle', switch, row)
        assert rows[0].find('check box').description == 'works'

        # the switches stay where they are whatever the state's words are
        rows[1].find('check box').click()
        program.wait_for(lambda: rows[1].description == 'not used', 'the scale not to be used')
        assert places() == before

        usb.say('unplug scanner')
        program.wait_gone('list item', SCANNER)
        usb.say('plug scanner')
        rows[0] = program.find('list item', SCANNER)
        assert places() == before
        program.key('Escape')
        program.close()


if __name__ == '__main__':
    main()
