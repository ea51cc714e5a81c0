package domain

import "erp/internal/invoice"

// UsualPlan holds until somebody makes another: three letters, no fee, no interest.
func UsualPlan() invoice.ReminderPlan {
	return invoice.ReminderPlan{Levels: []invoice.ReminderLevel{
		{
			Days: 7,
			English: invoice.ReminderWords{
				Title: "Payment reminder",
				Text:  "Hello,\n\nit may have escaped you that these invoices are still open:\n\n{invoices}\n\nPlease pay them within the next days. If your payment is on its way, ignore this letter.\n\nKind regards\n{company}",
			},
			German: invoice.ReminderWords{
				Title: "Zahlungserinnerung",
				Text:  "Guten Tag,\n\nsicher ist es Ihnen entgangen, dass diese Rechnungen noch offen sind:\n\n{invoices}\n\nBitte zahlen Sie in den nächsten Tagen. Falls Ihre Zahlung unterwegs ist, ist dieses Schreiben gegenstandslos.\n\nMit freundlichen Grüßen\n{company}",
			},
		},
		{
			Days: 21,
			English: invoice.ReminderWords{
				Title: "Second reminder",
				Text:  "Hello,\n\nin spite of our reminder these invoices are still open:\n\n{invoices}\n\nPlease pay them within seven days, or tell us what keeps you from it.\n\nKind regards\n{company}",
			},
			German: invoice.ReminderWords{
				Title: "Mahnung",
				Text:  "Guten Tag,\n\ntrotz unserer Erinnerung sind diese Rechnungen noch offen:\n\n{invoices}\n\nBitte zahlen Sie innerhalb von sieben Tagen, oder sagen Sie uns, was dem entgegensteht.\n\nMit freundlichen Grüßen\n{company}",
			},
		},
		{
			Days: 35,
			English: invoice.ReminderWords{
				Title: "Last reminder",
				Text:  "Hello,\n\nthese invoices are open although we have reminded you more than once:\n\n{invoices}\n\nThis is our last reminder. If we receive no payment within seven days we will take further steps.\n\nKind regards\n{company}",
			},
			German: invoice.ReminderWords{
				Title: "Letzte Mahnung",
				Text:  "Guten Tag,\n\ndiese Rechnungen sind trotz mehrerer Mahnungen offen:\n\n{invoices}\n\nDies ist unsere letzte Mahnung. Geht innerhalb von sieben Tagen keine Zahlung ein, leiten wir weitere Schritte ein.\n\nMit freundlichen Grüßen\n{company}",
			},
		},
	}}
}
