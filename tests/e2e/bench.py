#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packing bench: people, carriers, and what goes wrong around it: the server, the printer."""

import contextlib
import os
import re
import socket
import subprocess
import threading

from harness import SOURCE, main, scenario, wait_for
from station import FETCHED, VERIFIED, bench, printed_label, scan, stock, take_next
from wire import Wire


@scenario(orders=0)
def people_come_and_go_by_their_badges(shop):
    sql = stock(shop)
    program = bench(shop, 'ST1')
    program.find('label', text='scan your badge')
    program.activate()
    program.scan('WB:STAFF:1002')
    program.find('label', text='Anna Binder')
    program.scan('WB:STAFF:4711')
    program.wait_text(re.compile('^Nobody has this badge'))
    program.scan('10484')  # from its pick list
    program.find('label', text='#10484')
    scan(program, 'WB:CONFIRM')
    program.scan('WB:STAFF:1001')
    program.find('label', text='Petra Packer')
    program.scan('WB:PICK-LIST')
    program.wait_text(re.compile('^No printer for papers is set. Kept as Pick-list'))
    scan(program, 'A-04-2')
    wait_for(lambda: sql("select string_agg(data ->> 'person', ' ' order by seq) from wb.work_event") ==
             'anna.binder anna.binder bench_packer', 'who did what')
    program.key('F10')
    program.find('menu item', 'Leave the bench').act()
    program.find('label', text='scan your badge')
    program.key('ctrl+comma')
    program.find('label', 'At this machine')
    program.key('Escape')
    program.wait_gone('label', 'At this machine')
    program.scan('WB:ASIDE')
    program.find('label', text='#10482')


@scenario(orders=0)
def another_service_is_chosen_with_a_reason(shop):
    sql = stock(shop)
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    scan(program, *FETCHED, *VERIFIED, 'WB-BOX-M')
    program.wait_text(re.compile(r'^Parcel Line Tracked 24\s+·\s+arrives by .*\s·\s+the cheapest$'))
    program.find('push button', 'Another service').click()
    program.find('push button', 'Parcel Line Express 9:00').click()
    program.find('push button', 'The customer asked for it').click()
    program.wait_text(re.compile(r'^Parcel Line Express 9:00\s+·\s+.*\s·\s+chosen here$'))
    scan(program, '1.60')
    program.find('label', text='Stick it on and scan it')
    assert printed_label(sql).startswith('PX')
    assert sql("select data ->> 'text' from wb.work_event where kind = 'service'") == 'The customer asked for it'


@scenario(orders=0)
def a_code_of_two_products_is_asked(shop):
    sql = stock(shop)
    sql("insert into wb.barcode (code, sku_id) select '0000096385074', id from wb.sku where code = 'TEA-B'")
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    scan(program, 'WB:CONFIRM', '96385074')
    program.find('label', text='Which one do you have?')
    program.find('push button', re.compile('^Blue teapot')).click()
    program.find('push button', 'I have it')
    program.wait_text('1 of 2')
    program.scan('96385074')
    program.find('push button', re.compile('^Oak tray'))
    program.key('Escape')
    program.find('push button', 'I have it')
    wait_for(lambda: sql("select string_agg(kind, ' ' order by seq) from wb.work_event") == 'claim acknowledge reviewed pick', 'one pick')


@scenario(orders=0)
def the_server_goes_away_in_the_middle(shop):
    sql = stock(shop)
    with Wire() as wire:
        shop.database = re.sub(r'host=\S+', f'host={wire.folder}', shop.database)
        program = bench(shop, 'ST1')
        take_next(program, 10482)
        scan(program, 'WB:CONFIRM')
        wait_for(lambda: sql("select count(*) from wb.work_event where kind = 'reviewed'") == '1', 'the first step to be stored')
        wire.cut()
        program.find('label', text='offline')
        program.wait_text(re.compile('^The database is away'))
        scan(program, *FETCHED[1:], *VERIFIED, 'WB-BOX-M', '1.60')
        program.wait_text(re.compile('steps are kept here and sent as soon as it is back'))
        assert sql("select count(*) from wb.work_event where kind = 'verify'") == '0'
        program.kill()
        again = bench_without_server(shop, wire)
        again.activate()
        again.key('Return')
        again.find('label', text='Stick it on and scan it')
        assert sql('select string_agg(kind || n, \' \' order by kind) from (select kind, count(distinct id) as n from wb.work_event '
                   'group by kind) x') == 'acknowledge1 box1 claim2 label1 pick2 printed1 reviewed1 verify3 weigh1'
        again.scan(printed_label(sql))
        again.find('label', text='#10483')
        assert sql('select count(*) from wb.label') == '1'


def bench_without_server(shop, wire):
    """Started again after the server is back: what was not stored is stored first."""
    wire.mend()
    return bench(shop, 'ST1', button='Go on')


@contextlib.contextmanager
def printer():
    """A queue "Zebra" on a print server of its own: the folder it prints to, and a way to give it commands."""
    server = subprocess.Popen([f'{SOURCE}/tests/cupsd', 'sh', '-c',
                               'lpadmin -p Zebra -E -v wbtest:/ -m raw 2>/dev/null; echo "$CUPS_SERVER"; '
                               'echo "$WAYBILL_TEST_CUPS"; cat >/dev/null'],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        cups, folder = server.stdout.readline().strip(), server.stdout.readline().strip()
        yield folder, cups, lambda *words: subprocess.run(words, env={**os.environ, 'CUPS_SERVER': cups}, check=True)
    finally:
        server.stdin.close()
        server.wait(20)


def printed(folder):
    with open(f'{folder}/printed', encoding='utf-8') as out:
        return out.read()


@scenario(orders=0)
def the_label_comes_out_of_the_printer(shop):
    if not os.path.exists('/usr/sbin/cupsd'):
        return
    sql = stock(shop)
    with printer() as (folder, cups, _):
        os.unlink(f'{folder}/paper')
        program = bench(shop, 'ST1', '--printer', 'Zebra', environment={'CUPS_SERVER': cups})
        take_next(program, 10482)
        scan(program, *FETCHED, *VERIFIED, 'WB-BOX-M', '1.60')
        program.find('label', text='Stick it on and scan it')
        program.wait_text(re.compile('^Zebra is out of paper. The label comes out when that is mended'))
        open(f'{folder}/paper', 'w', encoding='ascii').close()
        wait_for(lambda: os.path.exists(f'{folder}/printed') and os.path.getsize(f'{folder}/printed') > 500, 'the print')
        zpl = printed(folder)
        assert zpl.count('^XA') == 1 and 'Mary Miller' in zpl and printed_label(sql) in zpl, zpl
        program.scan(printed_label(sql))
        program.find('label', text='#10483')


class LabelPrinter(threading.Thread):
    """A label printer on the network: says how it is when it is asked, and reads nothing while it is out of paper."""

    def __init__(self):
        super().__init__(daemon=True)
        self.paper, self.labels = threading.Event(), b''
        self.server = socket.create_server(('127.0.0.1', 0))
        self.address = '127.0.0.1:%d' % self.server.getsockname()[1]
        self.start()

    def run(self):
        while True:
            connection, _ = self.server.accept()
            with connection, contextlib.suppress(OSError):
                while data := connection.recv(4096):
                    if data.startswith(b'~HS'):
                        out = b'0' if self.paper.is_set() else b'1'
                        connection.sendall(b'\x02030,' + out + b',0,1245,000,0,0,0,000,0,0,0\x03\r\n'
                                           b'\x02000,0,0,0,1,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n')
                    else:
                        self.paper.wait(60)
                        self.labels += data


@scenario(orders=0)
def out_of_paper_is_seen_before_and_the_label_comes_out_once(shop):
    sql = stock(shop)
    printer = LabelPrinter()
    program = bench(shop, 'ST1', '--printer', f'socket:{printer.address}')
    program.find('label', text=re.compile(' is out of paper$'))
    take_next(program, 10482)
    scan(program, *FETCHED, *VERIFIED, 'WB-BOX-M', '1.60')
    wait_for(lambda: sql("select count(*) from wb.label") == '1', 'the label')
    printer.paper.set()
    program.find('label', text='Stick it on and scan it')
    wait_for(lambda: printer.labels.count(b'^XZ') == 1, 'the print')
    program.scan(printed_label(sql))
    program.find('label', text='#10483')
    assert printer.labels.count(b'^XA') == 1 and printed_label(sql).encode() in printer.labels
    assert sql("select string_agg(document || ' ' || printer || ' ' || copy, ',') from wb.print") == f'label {printer.address} 1'


@scenario(orders=0)
def a_printer_that_takes_nothing(shop):
    if not os.path.exists('/usr/sbin/cupsd'):
        return
    sql = stock(shop)
    with printer() as (folder, cups, command):
        command('cupsreject', 'Zebra')
        program = bench(shop, 'ST1', '--printer', 'Zebra', '--printer-resolution', '600', environment={'CUPS_SERVER': cups})
        take_next(program, 10482)
        scan(program, *FETCHED, *VERIFIED, 'WB-BOX-M', '1.60')
        program.find('label', text='The label does not come out')
        program.wait_text(re.compile('Zebra'))
        program.scan('WB:OK')
        program.find('label', text='The label does not come out')
        command('cupsaccept', 'Zebra')
        program.scan('WB:OK')
        program.find('label', text='Stick it on and scan it')
        wait_for(lambda: os.path.exists(f'{folder}/printed') and os.path.getsize(f'{folder}/printed') > 500, 'the print')
        program.scan('WB:REPRINT')
        program.find('push button', 'It is torn or smudged').click()
        wait_for(lambda: printed(folder).count('^XA') == 2, 'the copy')
        assert '^PW2400^LL3600' in printed(folder)
        first, again = (part for part in printed(folder).split('^XA') if part)
        assert 'REPRINT 2' in again and 'REPRINT' not in first, again
        assert sql('select count(*) from wb.label') == '1'
        wait_for(lambda: sql('select string_agg(reason, \'|\' order by id) from wb.print') == '|It is torn or smudged', 'the ledger')


if __name__ == '__main__':
    main()
