/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changes the basics of a customer. Keeps what was typed when saving fails, says what somebody else
 * changed meanwhile, and asks nothing when nothing was changed. Emits "saved". Main thread.
 */
#pragma once

#include <adwaita.h>

#include "core/wb-customer.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMER_EDITOR (wb_customer_editor_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerEditor, wb_customer_editor, WB, CUSTOMER_EDITOR, AdwWindow)

GtkWidget *wb_customer_editor_new (GtkWindow *parent, WbDb *db, const WbCustomerHead *customer);

G_END_DECLS
