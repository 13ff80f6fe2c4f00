/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trying one device out, live: scan something and see what it was, hold a tag to it and write one, weigh, look through it, talk to it. Opens the device as
 * long as it is on the screen. Main thread.
 */
#pragma once

#include "devices/wb-device.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_DEVICE_TEST (wb_device_test_get_type ())
G_DECLARE_FINAL_TYPE (WbDeviceTest, wb_device_test, WB, DEVICE_TEST, GtkBox)

/**
 * wb_device_test_new:
 *
 * Returns: (transfer floating): a test of @device
 */
GtkWidget *wb_device_test_new (WbDevice *device);

G_END_DECLS
