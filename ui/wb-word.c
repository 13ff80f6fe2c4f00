/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-word.h"

/* Words of a domain stand together, in the order in which they are offered. */
static const WbWord words[] = {
  { "status", "pending", N_ ("Pending"), "wb-mark-new-symbolic", "caution" },
  { "status", "processing", N_ ("Processing"), "wb-mark-progress-symbolic", "active" },
  { "status", "shipped", N_ ("Shipped"), "wb-mark-shipped-symbolic", "positive" },
  { "status", "delivered", N_ ("Delivered"), "wb-mark-delivered-symbolic", "quiet" },
  { "status", "cancelled", N_ ("Cancelled"), "wb-mark-cancelled-symbolic", "quiet" },

  { "payment", "pending", N_ ("Not paid"), "wb-mark-new-symbolic", "caution" },
  { "payment", "authorised", N_ ("Authorised"), "wb-mark-new-symbolic", "active" },
  { "payment", "partially_paid", N_ ("Partly paid"), "wb-mark-partial-symbolic", "caution" },
  { "payment", "paid", N_ ("Paid"), "wb-mark-done-symbolic", "positive" },
  { "payment", "partially_refunded", N_ ("Partly refunded"), "wb-mark-partial-symbolic", "quiet" },
  { "payment", "refunded", N_ ("Refunded"), "wb-mark-return-symbolic", "quiet" },
  { "payment", "voided", N_ ("Voided"), "wb-mark-cancelled-symbolic", "negative" },
  { "payment", "failed", N_ ("Payment failed"), "wb-mark-warning-symbolic", "negative" },

  { "fulfilment", "unfulfilled", N_ ("Not sent"), "wb-mark-new-symbolic", "quiet" },
  { "fulfilment", "partially_fulfilled", N_ ("Partly sent"), "wb-mark-partial-symbolic", "active" },
  { "fulfilment", "fulfilled", N_ ("Sent"), "wb-mark-shipped-symbolic", "positive" },
  { "fulfilment", "partially_returned", N_ ("Partly returned"), "wb-mark-return-symbolic", "caution" },
  { "fulfilment", "returned", N_ ("Returned"), "wb-mark-return-symbolic", "caution" },

  { "stage", "new", N_ ("New"), "wb-mark-new-symbolic", "quiet" },
  { "stage", "verified", N_ ("Payment verified"), "wb-mark-done-symbolic", "active" },
  { "stage", "production", N_ ("In production"), "wb-mark-progress-symbolic", "active" },
  { "stage", "ready_to_pack", N_ ("Ready to pack"), "wb-packing-symbolic", "active" },
  { "stage", "packing", N_ ("Packing"), "wb-packing-symbolic", "active" },
  { "stage", "ready_to_ship", N_ ("Ready to ship"), "wb-mark-shipped-symbolic", "active" },
  { "stage", "shipped", N_ ("Shipped"), "wb-mark-shipped-symbolic", "positive" },
  { "stage", "delivered", N_ ("Delivered"), "wb-mark-delivered-symbolic", "positive" },
  { "stage", "on_hold", N_ ("On hold"), "wb-mark-hold-symbolic", "negative" },
  { "stage", "returns", N_ ("Returns and exchanges"), "wb-mark-return-symbolic", "caution" },
  { "stage", "cancelled", N_ ("Cancelled"), "wb-mark-cancelled-symbolic", "quiet" },

  { "next", "release", N_ ("Resolve the hold"), "wb-mark-hold-symbolic", "negative" },
  { "next", "collect_payment", N_ ("Collect payment"), "wb-mark-warning-symbolic", "negative" },
  { "next", "fix_address", N_ ("Fix the address"), "wb-mark-warning-symbolic", "caution" },
  { "next", "match_product", N_ ("Match a product"), "wb-mark-warning-symbolic", "caution" },
  { "next", "hand_over", N_ ("Hand over to the carrier"), "wb-mark-shipped-symbolic", "active" },
  { "next", "finish_packing", N_ ("Being packed"), "wb-packing-symbolic", "active" },
  { "next", "await_payment", N_ ("Waits for payment"), "wb-mark-new-symbolic", "quiet" },
  { "next", "await_stock", N_ ("Waits for stock"), "wb-mark-warning-symbolic", "caution" },
  { "next", "finish_production", N_ ("Finish production"), "wb-mark-progress-symbolic", "active" },
  { "next", "pack", N_ ("Pack"), "wb-packing-symbolic", "active" },

  { "trouble", "stock", N_ ("Not all pieces are in stock"), "wb-mark-warning-symbolic", "caution" },
  { "trouble", "product", N_ ("A line has no product of ours"), "wb-mark-warning-symbolic", "caution" },
  { "trouble", "payment", N_ ("The payment failed"), "wb-mark-warning-symbolic", "negative" },
  { "trouble", "address", N_ ("The address is not complete"), "wb-mark-warning-symbolic", "caution" },
  { "trouble", "review", N_ ("Somebody must look at it"), "wb-mark-warning-symbolic", "caution" },
  { "trouble", "instructions", N_ ("There are instructions to acknowledge"), "wb-mark-note-symbolic", "special" },

  { "hold", "payment", N_ ("Payment problem"), NULL, NULL },
  { "hold", "fraud", N_ ("Suspected fraud"), NULL, NULL },
  { "hold", "address", N_ ("Address problem"), NULL, NULL },
  { "hold", "stock", N_ ("Out of stock"), NULL, NULL },
  { "hold", "customer", N_ ("Customer asked to wait"), NULL, NULL },
  { "hold", "review", N_ ("Manual review"), NULL, NULL },
  { "hold", "credit", N_ ("Credit limit"), NULL, NULL },
  { "hold", "damaged", N_ ("Damaged while packing"), NULL, NULL },
  { "hold", "other", N_ ("Another reason"), NULL, NULL },

  { "priority", "rush", N_ ("Rush"), "wb-mark-rush-symbolic", "caution" },
  { "priority", "vip", N_ ("VIP"), "wb-mark-star-symbolic", "special" },
  { "priority", "express", N_ ("Express"), "wb-mark-rush-symbolic", "active" },

  { "kind", "gift", N_ ("Gift"), "wb-mark-gift-symbolic", "special" },

  { "charge", "shipping", N_ ("Shipping"), NULL, NULL },
  { "charge", "fee", N_ ("Fee"), NULL, NULL },
  { "charge", "discount", N_ ("Discount"), NULL, NULL },
  { "charge", "adjustment", N_ ("Adjustment"), NULL, NULL },

  { "money", "authorisation", N_ ("Authorised"), "wb-mark-new-symbolic", "quiet" },
  { "money", "capture", N_ ("Paid"), "wb-mark-done-symbolic", "positive" },
  { "money", "void", N_ ("Voided"), "wb-mark-cancelled-symbolic", "quiet" },
  { "money", "refund", N_ ("Refunded"), "wb-mark-return-symbolic", "caution" },
  { "money", "failure", N_ ("Failed"), "wb-mark-warning-symbolic", "negative" },

  { "note", "internal", N_ ("Note"), "wb-mark-note-symbolic", NULL },
  { "note", "customer", N_ ("From the customer"), "wb-mark-note-symbolic", "active" },
  { "note", "gift", N_ ("Gift message"), "wb-mark-gift-symbolic", "special" },
  { "note", "instruction", N_ ("Instruction"), "wb-mark-note-symbolic", "special" },

  { "stock", "plenty", N_ ("In stock"), "wb-mark-done-symbolic", "positive" },
  { "stock", "out", N_ ("Out of stock"), "wb-mark-warning-symbolic", "caution" },
  { "stock", "unstocked", N_ ("Not kept in stock"), "wb-mark-new-symbolic", "quiet" },
  { "stock", "inactive", N_ ("No longer sold"), "wb-mark-cancelled-symbolic", "quiet" },

  { "usage", "billing", N_ ("Billing"), NULL, NULL },
  { "usage", "shipping", N_ ("Delivery"), NULL, NULL },
  { "usage", "both", N_ ("Billing and delivery"), NULL, NULL },

  { "taxnumber", "vat", N_ ("VAT number"), NULL, NULL },
  { "taxnumber", "gst", N_ ("GST number"), NULL, NULL },
  { "taxnumber", "ein", N_ ("EIN"), NULL, NULL },
  { "taxnumber", "eori", N_ ("EORI number"), NULL, NULL },
  { "taxnumber", "other", N_ ("Tax number"), NULL, NULL },

  { "barcode", "ean", N_ ("EAN"), NULL, NULL },
  { "barcode", "upc", N_ ("UPC"), NULL, NULL },
  { "barcode", "itf", N_ ("ITF"), NULL, NULL },
  { "barcode", "gs1", N_ ("GS1"), NULL, NULL },
  { "barcode", "internal", N_ ("Our own"), NULL, NULL },
  { "barcode", "supplier", N_ ("The supplier's"), NULL, NULL },

  { "shipment", "packed", N_ ("Packed"), "wb-packing-symbolic", "active" },
  { "shipment", "shipped", N_ ("On its way"), "wb-mark-shipped-symbolic", "positive" },
  { "shipment", "delivered", N_ ("Delivered"), "wb-mark-delivered-symbolic", "positive" },
  { "shipment", "cancelled", N_ ("Cancelled"), "wb-mark-cancelled-symbolic", "quiet" },

  { "tracking", "labelled", N_ ("Labelled"), NULL, NULL },
  { "tracking", "handed_over", N_ ("Handed over"), NULL, NULL },
  { "tracking", "in_transit", N_ ("In transit"), NULL, NULL },
  { "tracking", "out_for_delivery", N_ ("Out for delivery"), NULL, NULL },
  { "tracking", "delivered", N_ ("Delivered"), NULL, NULL },
  { "tracking", "failed", N_ ("Delivery failed"), NULL, NULL },
  { "tracking", "returned", N_ ("Returned to sender"), NULL, NULL },

  { "move", "receive", N_ ("Received"), NULL, NULL },
  { "move", "transfer", N_ ("Moved"), NULL, NULL },
  { "move", "ship", N_ ("Sent"), NULL, NULL },
  { "move", "return", N_ ("Returned"), NULL, NULL },
  { "move", "count", N_ ("Counted"), NULL, NULL },
  { "move", "damage", N_ ("Damaged"), NULL, NULL },
  { "move", "adjust", N_ ("Adjusted"), NULL, NULL },
  { "move", "consume", N_ ("Used"), NULL, NULL },

  { "document", "label", N_ ("Label"), NULL, NULL },
  { "document", "paper", N_ ("Paper"), NULL, NULL },
  { "document", "pick-list", N_ ("Pick list"), NULL, NULL },
  { "document", "packing-slip", N_ ("Packing slip"), NULL, NULL },
  { "document", "command-sheet", N_ ("Command barcodes"), NULL, NULL },
  { "document", "sticker", N_ ("Other label"), NULL, NULL },
  { "document", "test", N_ ("Test"), NULL, NULL },

  { "device-on-off", "on", N_ ("Yes"), NULL, NULL },
  { "device-on-off", "off", N_ ("No"), NULL, NULL },

  { "device-prefix", "none", N_ ("Nothing of its own"), NULL, NULL },
  { "device-prefix", "stx", N_ ("Start of text (STX)"), NULL, NULL },

  { "device-suffix", "cr", N_ ("Enter (CR)"), NULL, NULL },
  { "device-suffix", "lf", N_ ("New line (LF)"), NULL, NULL },
  { "device-suffix", "tab", N_ ("Tab"), NULL, NULL },
  { "device-suffix", "etx", N_ ("End of text (ETX)"), NULL, NULL },
  { "device-suffix", "none", N_ ("Nothing: a short pause"), NULL, NULL },

  { "device-format", "8N1", N_ ("8, none, 1 (8N1)"), NULL, NULL },
  { "device-format", "8E1", N_ ("8, even, 1 (8E1)"), NULL, NULL },
  { "device-format", "8O1", N_ ("8, odd, 1 (8O1)"), NULL, NULL },
  { "device-format", "7E1", N_ ("7, even, 1 (7E1)"), NULL, NULL },
  { "device-format", "7O1", N_ ("7, odd, 1 (7O1)"), NULL, NULL },
  { "device-format", "7N1", N_ ("7, none, 1 (7N1)"), NULL, NULL },
  { "device-format", "8N2", N_ ("8, none, 2 (8N2)"), NULL, NULL },
  { "device-format", "7E2", N_ ("7, even, 2 (7E2)"), NULL, NULL },

  { "device-unit", "kg", N_ ("Kilograms"), NULL, NULL },
  { "device-unit", "lb", N_ ("Pounds"), NULL, NULL },
  { "device-unit", "g", N_ ("Grams"), NULL, NULL },
  { "device-unit", "oz", N_ ("Ounces"), NULL, NULL },

  { "device-language", "auto", N_ ("Chosen by itself"), NULL, NULL },
  { "device-language", "zpl", N_ ("ZPL (Zebra and the like)"), NULL, NULL },
  { "device-language", "epl", N_ ("EPL2 (Eltron, older Zebras)"), NULL, NULL },
  { "device-language", "tspl", N_ ("TSPL (TSC and the like)"), NULL, NULL },
  { "device-language", "escpos", N_ ("ESC/POS (receipt printers)"), NULL, NULL },
  { "device-language", "pdf", N_ ("PDF (any printer)"), NULL, NULL },

  { "device-turn", "upright", N_ ("Upright"), NULL, NULL },
  { "device-turn", "right", N_ ("Turned to the right"), NULL, NULL },
  { "device-turn", "upside-down", N_ ("Upside down"), NULL, NULL },
  { "device-turn", "left", N_ ("Turned to the left"), NULL, NULL },

  { "device-photos", "asked", N_ ("When somebody asks for one"), NULL, NULL },
  { "device-photos", "packed", N_ ("When a parcel is packed"), NULL, NULL },
  { "device-photos", "weighed", N_ ("When it is weighed"), NULL, NULL },
  { "device-photos", "labelled", N_ ("When it is labelled"), NULL, NULL },
  { "device-photos", "packed,labelled", N_ ("When it is packed and when it is labelled"), NULL, NULL },

  { "device-mode", "off", N_ ("Never"), NULL, NULL },
  { "device-mode", "push-to-talk", N_ ("When the button is pressed"), NULL, NULL },
  { "device-mode", "hands-free", N_ ("Always, for its wake word"), NULL, NULL },

  { "device-sink", "autoaudiosink", N_ ("where this computer plays its sound"), NULL, NULL },

  { "tax", "standard", N_ ("Standard rate"), NULL, NULL },
  { "tax", "reduced", N_ ("Reduced rate"), NULL, NULL },
  { "tax", "zero", N_ ("Zero rate"), NULL, NULL },
  { "tax", "exempt", N_ ("Exempt"), NULL, NULL },

  { "segment", "new", N_ ("New customer"), "wb-mark-new-symbolic", "quiet" },
  { "segment", "retail", N_ ("Retail"), NULL, "quiet" },
  { "segment", "vip", N_ ("VIP"), "wb-mark-star-symbolic", "special" },
  { "segment", "wholesale", N_ ("Wholesale"), "wb-packing-symbolic", "active" },

  { "account", "active", N_ ("Active"), "wb-mark-done-symbolic", "positive" },
  { "account", "inactive", N_ ("Inactive"), "wb-mark-new-symbolic", "quiet" },
  { "account", "suspended", N_ ("Suspended"), "wb-mark-hold-symbolic", "negative" },
  { "account", "attention", N_ ("Needs attention"), "wb-mark-warning-symbolic", "caution" },

  { "act", "order_create", N_ ("took the order"), NULL, NULL },
  { "act", "order_pay", N_ ("recorded a payment"), NULL, NULL },
  { "act", "order_refund", N_ ("refunded"), NULL, NULL },
  { "act", "order_hold", N_ ("held the order"), NULL, NULL },
  { "act", "order_release", N_ ("released the order"), NULL, NULL },
  { "act", "order_move", N_ ("moved the order"), NULL, NULL },
  { "act", "order_cancel", N_ ("cancelled the order"), NULL, NULL },
  { "act", "order_assign", N_ ("assigned the order"), NULL, NULL },
  { "act", "order_rush", N_ ("changed its urgency"), NULL, NULL },
  { "act", "order_tag", N_ ("changed its tags"), NULL, NULL },
  { "act", "order_note_add", N_ ("wrote a note"), NULL, NULL },
  { "act", "order_note_remove", N_ ("removed a note"), NULL, NULL },
  { "act", "order_note_acknowledge", N_ ("acknowledged a note"), NULL, NULL },
  { "act", "order_address_set", N_ ("changed an address"), NULL, NULL },
  { "act", "job_next", N_ ("started packing"), NULL, NULL },
  { "act", "job_take", N_ ("went on packing"), NULL, NULL },
  { "act", "job_label", N_ ("labelled the parcels"), NULL, NULL },
  { "act", "print_note", N_ ("had it printed"), NULL, NULL },
  { "act", "print_again", N_ ("had it printed again"), NULL, NULL },
  { "act", "job_ship", N_ ("shipped the order"), NULL, NULL },
  { "act", "stock_receive", N_ ("received stock for it"), NULL, NULL },
  { "act", "stock_count", N_ ("counted stock it waited for"), NULL, NULL },
  { "act", "customer_update", N_ ("changed the customer"), NULL, NULL },
  { "act", "import", N_ ("imported it"), NULL, NULL },
  { "act", "undo", N_ ("took something back"), NULL, NULL },
};

const WbWord *
wb_word_find (const char *domain, const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].domain, domain) && g_strcmp0 (words[i].code, code) == 0)
      return &words[i];
  return NULL;
}

const char *
wb_word_text (const char *domain, const char *code)
{
  const WbWord *word = wb_word_find (domain, code);

  return word != NULL ? _ (word->text) : code;
}

const char *
wb_word_option_text (const WbDeviceOption *option, const char *value)
{
  g_autofree char *domain = NULL;

  g_return_val_if_fail (option != NULL && value != NULL, value);

  domain = g_strconcat ("device-", g_strcmp0 (option->choices, "on|off") == 0 ? "on-off" : option->name, NULL);
  return wb_word_text (domain, value);
}

const WbWord *
wb_word_list (const char *domain, guint *n)
{
  const WbWord *first = NULL;

  *n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (!g_str_equal (words[i].domain, domain))
        continue;
      if (first == NULL)
        first = &words[i];
      *n += 1;
    }
  return first;
}
