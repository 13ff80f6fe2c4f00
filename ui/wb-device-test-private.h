/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of WbDeviceTest, shared by wb-device-test.c (the place, and how the device is) and a file for each kind of device,
 * wb-device-test-KIND.c.
 */
#pragma once

#include "devices/wb-camera.h"
#include "devices/wb-nfc-reader.h"
#include "devices/wb-scanner.h"
#include "ui/wb-camera-view.h"
#include "ui/wb-device-test.h"

G_BEGIN_DECLS

struct _WbDeviceTest
{
  GtkBox parent_instance;

  gboolean is_open;
  guint n_seen;

  /* Child widgets */
  GtkLabel *what;    /* large: what it reported, or what to do */
  GtkLabel *detail;  /* what that means */
  GtkBox *buttons;
  GtkDropDown *content;
  GtkEntry *code;
  GtkButton *write;
  WbCameraView *view;

  /* Owned references */
  WbDevice *device;
  WbNfcTag *tag; /* at the reader now */
  GCancellable *cancellable;
};

/**
 * _wb_device_test_show:
 * @what: large: what it reported, or what to do
 * @detail: what that means; "" for nothing
 */
void _wb_device_test_show (WbDeviceTest *self, const char *what, const char *detail);
GtkWidget *_wb_device_test_add_button (WbDeviceTest *self, const char *label, GCallback clicked);

/* Each adds what its kind of device needs, and listens to the device. */
void _wb_device_test_build_scanner (WbDeviceTest *self);
void _wb_device_test_build_scale (WbDeviceTest *self);
void _wb_device_test_build_nfc (WbDeviceTest *self);
void _wb_device_test_build_camera (WbDeviceTest *self);
void _wb_device_test_build_voice (WbDeviceTest *self);
void _wb_device_test_build_printer (WbDeviceTest *self);

/* What a scanner does with a code, cameras do as well. */
void _wb_device_test_scan_cb (WbDeviceTest *self, WbScan *scan);
void _wb_device_test_show_reading (WbDeviceTest *self);

G_END_DECLS
