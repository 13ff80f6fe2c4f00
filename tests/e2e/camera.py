#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bench with a camera: photos by one key, by touch and by a scan, in the order when they are taken."""

import os
import re

from devices import set_profile
from harness import main, scenario, wait_for
from station import FETCHED, VERIFIED, bench, scan, stock, take_next

CAMERA = 'videotestsrc is-live=true pattern=ball ! video/x-raw,width=1280,height=720,framerate=15/1'


def picture(program, name):
    """For whoever wants to look at it as well."""
    if os.environ.get('WAYBILL_TEST_PICTURES'):
        program.picture(os.path.join(os.environ['WAYBILL_TEST_PICTURES'], name + '.png'))


@scenario(orders=0)
def photos_are_taken_with_one_key(shop):
    sql = stock(shop)
    program = bench(shop, 'ST1', '--camera', CAMERA)
    take_next(program, 10482)
    scan(program, *FETCHED, VERIFIED[0])
    program.wait_for(lambda: program.find('push button', 'Photo').has('sensitive'), 'the camera')
    program.key('F12')
    program.find('label', text='1 photo')
    program.find('push button', 'Photo').click()
    program.find('label', text='2 photos')
    program.scan('WB:PHOTO')
    program.find('label', text='3 photos')
    picture(program, 'bench-camera')
    wait_for(lambda: sql('select count(*) from wb.attachment') == '3', 'the photos to be stored')
    assert sql('select distinct media_type from wb.attachment') == 'image/jpeg'
    program.close()

    office = shop.start('waybill')
    office.find('table row')
    office.activate()
    office.find('tree table', 'Orders').find('label', '10482').click(times=2)
    office.find('push button', re.compile('^Photo of parcel 1, ')).click()
    office.find('label', text='Photo 1 of 3')
    picture(office, 'order-photo')
    office.key('Right')
    office.find('label', text='Photo 2 of 3')
    office.find('push button', 'Remove this photo').click()
    office.find('text', 'Reason').set_text('blurred')
    picture(office, 'order-photo-remove')
    office.find('push button', 'Remove').click()
    office.find('label', text='Photo 2 of 2')
    assert sql("select count(*) || ' ' || count(*) filter (where deleted_at is null) from wb.attachment") == '3 2'
    assert sql("select reason from wb.act where name = 'attachment_remove'") == 'blurred'
    office.key('Escape')
    office.wait_gone('label', text='Photo 2 of 2')
    office.wait_for(lambda: len(office.find_all('push button', re.compile('^Photo of parcel 1, '))) == 2, 'two photos')
    picture(office, 'order-photos')


def size_of(jpeg):
    """Width and height, as the frame header says."""
    at = 2
    while jpeg[at + 1] not in (0xc0, 0xc1, 0xc2):
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4], 'big')
    return int.from_bytes(jpeg[at + 7:at + 9], 'big'), int.from_bytes(jpeg[at + 5:at + 7], 'big')


@scenario(orders=0)
def of_two_cameras_one_reads_codes_and_the_other_takes_photos(shop):
    sql = stock(shop)
    source = 'videotestsrc is-live=true pattern=ball ! video/x-raw,framerate=15/1,width={},height={}'
    cameras = [{'id': 'camera:Above', 'kind': 'camera', 'driver': 'gstreamer', 'role': 'codes', 'options': {'source': source.format(320, 240)}},
               {'id': 'camera:Beside', 'kind': 'camera', 'driver': 'gstreamer', 'options': {'source': source.format(800, 600)}}]
    set_profile(sql, 'ST1', devices=cameras)
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    scan(program, *FETCHED, VERIFIED[0])
    program.wait_for(lambda: program.find('push button', 'Photo').has('sensitive'), 'the camera')
    program.key('F12')
    program.find('label', text='1 photo')
    wait_for(lambda: sql('select count(*) from wb.attachment') == '1', 'the photo to be stored')
    photo = bytes.fromhex(sql("select encode(content, 'hex') from wb.attachment"))
    assert size_of(photo) == (800, 600), size_of(photo)


if __name__ == '__main__':
    main()
