#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way: an order comes in, the bench packs it, and the office window shows each step as it happens."""

import re

from harness import main, scenario, wait_for
from station import FETCHED, VERIFIED, bench, printed_label, scan, stock, take_next


@scenario(orders=0)
def from_a_new_order_to_a_shipped_one(shop):
    sql = stock(shop)
    office = shop.start('waybill')
    office.find('tree table', 'Orders').find('label', '10482')
    office.find('tree table', 'Orders').find('label', '10482').click(times=2)
    office.find('label', '#10482')

    packer = bench(shop, 'ST1')
    take_next(packer, 10482)
    office.wait_text(re.compile('^Packing'))
    scan(packer, *FETCHED, *VERIFIED)
    packer.find('push button', re.compile('^Take .*Medium'))
    scan(packer, 'WB-BOX-M', '1.60')
    packer.find('label', text='Stick it on and scan it')
    office.wait_text(re.compile('^Ready to ship'))
    packer.scan(printed_label(sql))
    packer.find('label', text='#10483')
    office.wait_text('Shipped')

    office.activate()
    office.find('push button', 'Back').click()
    row = wait_for(lambda: next((r for r in office.find('tree table', 'Orders').find_all('table row')
                                 if r.find_all('label', '10482')), None), 'the row of 10482')
    wait_for(lambda: row.find_all('label', 'Shipped'), 'its row to say Shipped')


main()
