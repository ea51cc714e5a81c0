package app

import "erp/internal/invoice/internal/store"

// Queries that are the store's own types.
type (
	CustomerQuery = store.CustomerQuery
	ItemQuery     = store.ItemQuery
	PaymentQuery  = store.PaymentQuery
)
