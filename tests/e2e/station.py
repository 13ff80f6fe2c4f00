#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packing bench, from the queue to the shipped parcel, by scans."""

import re
import signal
import subprocess

from harness import SOURCE, Failed, main, scenario, wait_for

FETCHED = ['WB:CONFIRM', 'A-04-2', 'B-02-1']
VERIFIED = ['4006381333931', '4006381333931', '96385074']


def stock(shop):
    """Fills the empty database with the bench's little shop (tests/bench-shop.sql)."""
    name = re.search(r'dbname=(\S+)', shop.database).group(1)
    done = subprocess.run(['psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', name, '-f', f'{SOURCE}/tests/bench-shop.sql'],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f'bench-shop.sql: {done.stderr}')
    return lambda statement: shop.sql(statement, name)


def as_packer(shop):
    """The database as somebody who packs."""
    return re.sub(r'user=\S+', 'user=bench_packer', shop.database)


def bench(shop, station, *arguments, environment=None, button='Next order'):
    program = shop.start('waybill-station', '--windowed', '--station', station, *arguments, database=as_packer(shop),
                         environment=environment, name=f'bench-{station}')
    program.find('push button', button)
    return program


def take_next(program, number):
    program.activate()
    program.key('Return')
    program.find('label', text=f'#{number}')


def take_over(shop, station, number):
    """A bench at which an order goes on that was begun at another."""
    program = bench(shop, station)
    program.activate()
    program.find('push button', f'#{number}').click()
    return program


def scan(program, *codes, by=None):
    """One after the other, each only when the one before was answered: the notice at the bottom changes or the page does.

    By keys as fast as a scanner's, or whatever way the bench gets a code.
    """
    for code in codes:
        before = program.wait_for(program.texts, 'texts')
        (by or program.scan)(code)
        program.wait_for(lambda before=before: program.texts() != before, f'an answer to {code}')


def printed_label(sql):
    return wait_for(lambda: sql('select tracking from wb.parcel order by id desc limit 1'), 'a label')


@scenario(orders=0)
def an_order_is_packed_by_scans_alone(shop):
    sql = stock(shop)
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    program.find('label', text='Gift wrap: “Happy birthday”')
    scan(program, *FETCHED)
    program.find('label', text='Blue teapot')
    scan(program, *VERIFIED)
    program.find('push button', 'Take “Medium”')
    scan(program, 'WB-BOX-M', '1.60')
    program.find('label', text='Stick it on and scan it')
    program.scan(printed_label(sql))
    program.find('label', text='#10483')
    assert sql("select concat_ws(' ', status, fulfilment_status) from wb.sales_order where number = '10482'") == \
        'shipped fulfilled'
    assert sql('select count(*) from wb.stock_move where kind = \'ship\'') == '2'


@scenario(orders=0)
def a_wrong_thing_stops_the_work(shop):
    sql = stock(shop)
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    scan(program, *FETCHED)
    program.scan('5012345678900')
    button = program.find('push button', 'Understood')
    program.find('label', text='It is White cup (CUP-W) and belongs in C-01-3.')

    def off_centre():
        """How far the panel is from the middle of the window, in pixels."""
        _, y, _, height = button.parent.extents
        return abs(y + height / 2 - button.frame().extents[3] / 2)
    program.wait_for(lambda: off_centre() <= 12, f'the panel in the middle, not {off_centre()} pixels beside it', 10)
    program.scan('B-02-9')
    program.find('push button', 'Understood').click()
    program.wait_gone('push button', 'Understood')
    program.scan('5012345678900')
    program.find('push button', 'Understood')
    program.scan('4006381333931')
    program.wait_gone('push button', 'Understood')
    program.find('label', text='1 of 3 pieces')
    wait_for(lambda: sql("select count(*) from wb.work_event where kind in ('wrong', 'verify')") == '3', 'all to be stored')
    assert sql("select count(*) from wb.stock_move where kind <> 'receive'") == '0'


@scenario(orders=0)
def a_killed_bench_goes_on_at_another(shop):
    sql = stock(shop)
    first = bench(shop, 'ST1')
    take_next(first, 10482)
    scan(first, *FETCHED, VERIFIED[0])
    wait_for(lambda: sql("select count(*) from wb.work_event where kind = 'verify'") == '1', 'the scan to be stored')
    first.kill()
    second = take_over(shop, 'ST2', 10482)
    second.find('label', text='1 of 3 pieces')
    scan(second, *VERIFIED[1:], 'WB-BOX-M', '1.60')
    second.find('label', text='Stick it on and scan it')
    second.scan(printed_label(sql))
    second.find('label', text='#10483')
    assert sql("select count(*) from wb.label where voided_at is null") == '1'


@scenario(orders=0)
def one_order_goes_out_in_two_boxes(shop):
    sql = stock(shop)
    first = bench(shop, 'ST1')
    take_next(first, 10482)
    scan(first, *FETCHED, VERIFIED[0], 'WB:ANOTHER')
    first.find('label', text='Parcel 2: Medium')
    wait_for(lambda: sql("select count(*) from wb.work_event where kind = 'another'") == '1', 'the second box to be stored')
    first.kill()
    second = take_over(shop, 'ST2', 10482)
    second.find('label', text='Parcel 2: Medium')
    scan(second, *VERIFIED[1:])
    second.find('label', text='Parcel 1: take “Medium”')
    scan(second, 'WB-BOX-M', 'WB-BOX-M', '0.80', '1.00')
    second.find('label', text='Stick them on and scan each')
    labels = sql('select tracking from wb.parcel order by position').split()
    assert len(labels) == 2
    scan(second, labels[1])
    second.find('label', text='Parcel 2 of 2.')
    assert sql("select status from wb.sales_order where number = '10482'") == 'processing'
    second.scan(labels[0])
    second.find('label', text='#10483')
    assert sql("select status from wb.sales_order where number = '10482'") == 'shipped'
    assert sql('select string_agg(q.position || \' \' || l.sku_code || \' \' || i.quantity, \', \' order by q.position, l.sku_code) '
               'from wb.parcel_item i join wb.parcel q on q.id = i.parcel_id join wb.order_line l on l.id = i.line_id') == \
        '1 TEA-B 1, 2 TEA-B 1, 2 TRY-O 1'
    office = shop.start('waybill')
    office.find('tree table', 'Orders').find('label', '10482').click(times=2)
    office.find('label', '#10482')
    office.wait_text(re.compile('1 × Blue teapot'))
    office.wait_text(re.compile(labels[1]))


@scenario(orders=0)
def a_bench_that_is_told_to_end_ends_well(shop):
    """By SIGTERM, as at the end of a session, with its window open and an order in hand."""
    stock(shop)
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    program.process.send_signal(signal.SIGTERM)
    wait_for(lambda: program.process.poll() is not None, 'the bench to end', 20)


@scenario(orders=0)
def everything_works_by_touch(shop):
    stock(shop)
    program = bench(shop, 'ST1')
    program.find('push button', 'Next order').click()
    program.find('push button', 'I have read it').click()
    program.find('push button', 'I have it').click()
    program.find('push button', 'I have all 2').click()
    program.find('push button', 'Short').click()
    scan(program, '96385074')
    program.find('push button', 'Take “Medium”').click()
    for key in ('0', '.', '4'):
        program.find('push button', key).click()
    program.find('label', text='0.4 kg')
    program.find('push button', 'That is the weight').click()
    program.find('label', text='Stick it on and scan it')


@scenario(orders=0)
def an_order_goes_out_by_touch_alone(shop):
    """Without a scanner and without keys: what should have been scanned asks why it is not, and the office sees it."""
    sql = stock(shop)
    program = bench(shop, 'ST1')
    for button in ('Next order', 'I have read it', 'I have it', 'I have all 2'):
        program.find('push button', button).click()
    for piece in range(3):
        program.find('label', text=f'{piece} of 3 pieces')
        program.find('push button', 'Cannot scan it').click()
        if piece != 1:  # once for both teapots
            program.find('label', 'Why can it not be scanned?')
            program.find('push button', 'The scanner does not work').click()
    program.find('push button', 'Take “Medium”').click()
    for key in ('1', '.', '6', 'That is the weight'):
        program.find('push button', key).click()
    program.find('label', text='Stick it on and scan it')
    program.find('push button', 'Cannot scan the label').click()
    program.find('push button', 'Its barcode is damaged').click()
    program.find('label', text='#10483')
    assert sql("select concat_ws(' ', status, fulfilment_status) from wb.sales_order where number = '10482'") == 'shipped fulfilled'
    office = shop.start('waybill')
    office.find('tree table', 'Orders').find('label', '10482').click(times=2)
    office.wait_text(re.compile('2 × Blue teapot.*The scanner does not work'))
    office.wait_text(re.compile('1 × Oak tray.*The scanner does not work'))
    office.wait_text(re.compile('Label.*Its barcode is damaged'))


if __name__ == '__main__':
    main()
