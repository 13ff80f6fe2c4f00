/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a print server tells of one queue: what people call it, where the printer is, how it is, and what can be chosen at it. Plain
 * value; any thread.
 */
#pragma once

#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * WbPrinterInfo:
 * @queue: its name at the server
 * @title: what people call it; the queue's name when nobody gave it another
 * @location: (nullable): where it stands
 * @model: (nullable): maker and model
 * @uri: (nullable): how the server reaches it
 * @state: how it is
 * @words: (transfer none): what is wrong, not yet translated, as "is out of paper"; "" when nothing is
 * @message: what the server says about it, in its own words; ""
 * @is_raw: takes bytes as they are: no driver changes them
 * @n_jobs: waiting or printing
 * @changed: when its options were last changed, seconds since 1970
 * @trays: (nullable): where it takes media from, as "tray-1"
 * @media: (nullable): what it prints on, as "iso_a4_210x297mm"
 * @media_default: (nullable): one of @media
 * @dpi: dots an inch it prints by default; 0 when it does not say
 * @resolutions: (nullable) (element-type guint): dots an inch there are
 */
typedef struct
{
  char *queue;
  char *title;
  char *location;
  char *model;
  char *uri;
  WbPrinterState state;
  const char *words;
  char *message;
  gboolean is_raw;
  guint n_jobs;
  gint64 changed;
  char **trays;
  char **media;
  char *media_default;
  guint dpi;
  GArray *resolutions;
} WbPrinterInfo;

WbPrinterInfo *wb_printer_info_new (const char *queue);
WbPrinterInfo *wb_printer_info_copy (const WbPrinterInfo *self);
void wb_printer_info_free (WbPrinterInfo *self);

/**
 * wb_printer_info_take_options:
 * @other: of the same queue
 *
 * Takes trays, media and resolutions from an earlier or fuller answer.
 */
void wb_printer_info_take_options (WbPrinterInfo *self, const WbPrinterInfo *other);

/**
 * wb_printer_info_get_socket:
 * @host: (out) (transfer full): of a printer on the network
 * @port: (out): where it listens
 *
 * Returns: whether the server reaches it over the network by a bare connection, which can be tried
 */
gboolean wb_printer_info_get_socket (const WbPrinterInfo *self, char **host, guint16 *port);

/**
 * wb_printer_info_describe:
 *
 * Returns: (transfer full): a sentence about its state, as an error says it; "" when all is well
 */
char *wb_printer_info_describe (const WbPrinterInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPrinterInfo, wb_printer_info_free)

G_END_DECLS
