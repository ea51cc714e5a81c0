package main

import (
	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/events"
)

// told are events that somebody may have sent elsewhere who holds a permission for the whole company.
type told struct {
	needs  string
	events []events.Event
}

// publishedEvents are those that may leave the program by webhook, as the modules published them.
// docs/how-to/webhooks.md lists what they tell.
func publishedEvents() []told {
	return []told{
		{"employee:read", []events.Event{employee.Hired{}, employee.Changed{}}},
		{"employee:offboard", []events.Event{employee.Left{}}}, // it tells the reason
		{"asset:read", []events.Event{asset.Registered{}, asset.HolderChanged{}, asset.Retired{}, asset.WarrantyEnding{}}},
		{"invoice:read", []events.Event{invoice.Issued{}, invoice.CreditedByNote{}, invoice.WrittenOffRest{}, invoice.FellOverdue{}, invoice.Sent{}, invoice.RecurringMade{}}},
		{"payment:read", []events.Event{invoice.CustomerReminded{}, invoice.PaymentAllocated{}, invoice.PaymentUnallocated{}}},
	}
}

// published is the same for the administration, which knows events by their names.
func published() []adminmodule.PublishedEvent {
	var out []adminmodule.PublishedEvent
	for _, group := range publishedEvents() {
		for _, e := range group.events {
			out = append(out, adminmodule.PublishedEvent{Name: e.EventName(), Needs: group.needs})
		}
	}
	return out
}
