/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying a scale: the weight as it comes, zero and tare. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-scale.h"
#include "ui/wb-device-test-private.h"
#include "ui/wb-scale-words.h"

void
_wb_device_test_show_reading (WbDeviceTest *self)
{
  g_autofree char *number = wb_scale_words_get_number (WB_SCALE (self->device));

  _wb_device_test_show (self, number, wb_scale_words_get_state (WB_SCALE (self->device), NULL));
}

static void
zero_cb (WbDeviceTest *self)
{
  wb_scale_zero (WB_SCALE (self->device));
}

static void
tare_cb (WbDeviceTest *self)
{
  wb_scale_tare (WB_SCALE (self->device));
}

static void
clear_tare_cb (WbDeviceTest *self)
{
  wb_scale_clear_tare (WB_SCALE (self->device));
}

void
_wb_device_test_build_scale (WbDeviceTest *self)
{
  GtkWidget *zero = _wb_device_test_add_button (self, _ ("_Zero"), G_CALLBACK (zero_cb));

  gtk_widget_set_visible (zero, wb_scale_can_zero (WB_SCALE (self->device)));
  _wb_device_test_add_button (self, _ ("_Tare"), G_CALLBACK (tare_cb));
  _wb_device_test_add_button (self, _ ("_Forget tare"), G_CALLBACK (clear_tare_cb));
  g_signal_connect_object (self->device, "reading", G_CALLBACK (_wb_device_test_show_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "weight", G_CALLBACK (_wb_device_test_show_reading), self, G_CONNECT_SWAPPED);
}
