package main

import (
	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/events"
)

// published are the events that may leave the program by webhook, as the modules published them, and the permission that
// the webhook's owner must hold for the whole company. docs/how-to/webhooks.md lists what they tell.
func published() []adminmodule.PublishedEvent {
	var out []adminmodule.PublishedEvent
	for _, group := range []struct {
		needs  string
		events []events.Event
	}{
		{"employee:read", []events.Event{employee.Hired{}, employee.Changed{}}},
		{"employee:offboard", []events.Event{employee.Left{}}}, // it tells the reason
		{"asset:read", []events.Event{asset.Registered{}, asset.HolderChanged{}, asset.Retired{}}},
		{"invoice:read", []events.Event{invoice.Issued{}, invoice.CreditedInFull{}, invoice.WrittenOffRest{}}},
		{"payment:read", []events.Event{invoice.PaymentAllocated{}, invoice.PaymentUnallocated{}}},
	} {
		for _, e := range group.events {
			out = append(out, adminmodule.PublishedEvent{Name: e.EventName(), Needs: group.needs})
		}
	}
	return out
}
