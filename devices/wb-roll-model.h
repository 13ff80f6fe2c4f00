/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rolls and stacks of labels that there are, to choose what lies in a printer: key files, one each. They are built in from
 * data/devices/; files in /etc/waybill/devices and in the folders of WAYBILL_DEVICE_PATH go before those.
 *
 *     [Media]
 *     Name=4 × 6 in
 *     Feed=gap
 *     Width=101.6
 *     Height=152.4
 *     Gap=3
 *
 * Feed is "gap", "mark" or "continuous", which has neither Height nor Gap; all lengths are millimetres. What is chosen stands in a
 * profile as core/wb-label-media.h writes it, so another machine needs no such file. Any thread.
 */
#pragma once

#include "core/wb-label-media.h"

G_BEGIN_DECLS

/**
 * WbRollModel:
 * @file: where it stands, for messages
 * @name: what people call it
 * @media: what it is
 */
typedef struct
{
  char *file;
  char *name;
  WbLabelMedia media;
} WbRollModel;

/**
 * wb_roll_models_new:
 * @problems: (out) (optional) (transfer full): a sentence for each file that was passed over
 *
 * Returns: (transfer full) (element-type WbRollModel): all, each once, the largest labels first and what has no end last
 */
GPtrArray *wb_roll_models_new (char ***problems);

/**
 * wb_roll_model_parse:
 * @data: the bytes of a key file
 * @file: its name, for messages
 *
 * Errors are %WB_DEVICE_ERROR_REFUSED and say what is wrong in which file.
 *
 * Returns: (transfer full): a roll
 */
WbRollModel *wb_roll_model_parse (const char *data, gsize length, const char *file, GError **error);
void wb_roll_model_free (WbRollModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRollModel, wb_roll_model_free)

G_END_DECLS
