#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bench with a camera: photos by one key, by touch and by a scan, in the order when they are taken."""

import os

from harness import main, scenario, wait_for
from station import FETCHED, VERIFIED, bench, scan, stock, take_next

CAMERA = 'videotestsrc is-live=true pattern=ball ! video/x-raw,width=1280,height=720,framerate=15/1'


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
    if os.environ.get('WAYBILL_TEST_PICTURES'):
        program.picture(os.path.join(os.environ['WAYBILL_TEST_PICTURES'], 'bench-camera.png'))
    wait_for(lambda: sql('select count(*) from wb.attachment') == '3', 'the photos to be stored')
    assert sql('select distinct media_type from wb.attachment') == 'image/jpeg'


if __name__ == '__main__':
    main()
