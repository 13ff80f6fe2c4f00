#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the whole shop is set in the office, by administrators."""

import re

from harness import main, scenario, wait_for
from office import ORDERS, open_office


@scenario(orders=ORDERS)
def an_administrator_says_which_shop_it_is(shop):
    """At once, to be taken back; what a setting may not be is refused in words of the page."""
    def value(key):
        return shop.sql(f"select value #>> '{{}}' from wb.setting where key = '{key}'")

    def fill(title, text):
        office.find('text', re.compile(f'^{title}')).click()
        office.key('ctrl+a').type(text).key('Return')
    office = open_office(shop)
    office.key('ctrl+comma')
    office.find('page tab', 'Shop').click()
    name = value('shop.name')
    office.wait_for(lambda: office.find('text', 'Name').text == name, 'the name')
    fill('Name', 'Tea & Books')
    wait_for(lambda: value('shop.name') == 'Tea & Books', 'the name')
    office.find('label', 'Name is changed')
    office.find('push button', 'Undo').click()
    wait_for(lambda: value('shop.name') == name, 'the name as it was')
    office.wait_for(lambda: office.find('text', 'Name').text == name, 'the name as it was')

    fill('Time zone', 'Berlin')
    office.find('label', re.compile('^Time zone has to be a time zone such as Europe/Berlin, not "Berlin"'))
    assert value('shop.timezone') == 'Europe/London'
    fill('Time zone', 'Europe/Berlin')
    wait_for(lambda: value('shop.timezone') == 'Europe/Berlin', 'the time zone')
    office.wait_gone('label', re.compile('^Time zone has to be'))

    for title, key, after in (('Count by hand what cannot be scanned', 'bench.by_hand', 'false'),
                              ('When the label is on it', 'photo.moments', '["labelled"]')):
        office.find('label', 'Benches').click(button=5, times=20)
        office.find('label', title).click()
        wait_for(lambda key=key, after=after: value(key) == after, title)
    office.find('push button', 'Undo').click()
    wait_for(lambda: value('photo.moments') == '[]', 'no photos')
    office.key('Escape')


@scenario(orders=ORDERS)
def others_do_not_see_it(shop):
    shop.sql('create role sam login in role wb_sales')
    office = shop.start('waybill', database=re.sub(r'user=\S+', 'user=sam', shop.database))
    office.find('table row')
    office.activate()
    office.key('ctrl+comma')
    office.find('label', 'Appearance')
    assert not office.has('page tab', 'Shop')
    office.key('Escape')


if __name__ == '__main__':
    main()
