package events_test

import (
	"testing"

	"erp/internal/platform/events/eventstest"
)

func TestDelivery(t *testing.T) {
	t.Parallel()
	eventstest.TestDelivery(t, func(*testing.T, *eventstest.Pair) {}) // by the database
}
