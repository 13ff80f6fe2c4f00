#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The office window."""

from harness import main, scenario


@scenario
def opens_a_window(shop):
    office = shop.start('waybill')
    office.find('frame', 'Waybill')
    office.find('list', 'Pages').find('list item', 'Orders')


@scenario
def every_page_opens_from_the_sidebar(shop):
    office = shop.start('waybill')
    for name in ('Customers', 'Products', 'Orders'):
        row = office.find('list', 'Pages').find('list item', name)
        row.click()
        office.wait_for(lambda row=row: row.has('selected'), f'{name} to be selected')


main()
