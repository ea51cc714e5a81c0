package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// CustomerInput is everything that may be said of a customer.
type CustomerInput struct {
	Number      string            `json:"number,omitempty" maxLength:"30" doc:"The next free one when absent"`
	Name        string            `json:"name" minLength:"1" maxLength:"200"`
	Email       string            `json:"email,omitempty" maxLength:"254"`
	Phone       string            `json:"phone,omitempty" maxLength:"50"`
	Street      string            `json:"street,omitempty" maxLength:"300"`
	PostalCode  string            `json:"postalCode,omitempty" maxLength:"20"`
	City        string            `json:"city,omitempty" maxLength:"100"`
	Country     string            `json:"country,omitempty" maxLength:"2"`
	VATID       string            `json:"vatId,omitempty" maxLength:"30"`
	TaxID       string            `json:"taxId,omitempty" maxLength:"50"`
	Currency    money.Currency    `json:"currency,omitempty" maxLength:"3"`
	PaymentDays *int              `json:"paymentDays,omitempty" minimum:"0" maximum:"365" doc:"30 when absent"`
	Language    string            `json:"language,omitempty" enum:"en,de" doc:"Of mails; the company's when absent"`
	NoReminders bool              `json:"noReminders,omitempty" doc:"Never remind of what is overdue"`
	Note        string            `json:"note,omitempty" maxLength:"5000"`
	Contacts    []invoice.Contact `json:"contacts,omitempty" maxItems:"50"`
	Archived    bool              `json:"archived,omitempty"`
}

func (in CustomerInput) customer() (invoice.Customer, error) {
	c := invoice.Customer{
		Version: 1, Number: in.Number, Name: in.Name, Email: in.Email, Phone: in.Phone, Street: in.Street, PostalCode: in.PostalCode,
		City: in.City, Country: in.Country, VATID: in.VATID, TaxID: in.TaxID, Currency: in.Currency, PaymentDays: 30, Note: in.Note,
		Language: in.Language, NoReminders: in.NoReminders, Contacts: in.Contacts, Archived: in.Archived, Balances: []invoice.Balance{},
	}
	if in.PaymentDays != nil {
		c.PaymentDays = *in.PaymentDays
	}
	domain.TidyCustomer(&c)
	var p fault.Problems
	domain.CheckCustomer(&p, "body", c)
	return c, p.Err()
}

// Customers gives a page of customers with what they owe.
func (a *App) Customers(ctx context.Context, q store.CustomerQuery) (page.Of[invoice.Customer], error) {
	out, err := a.customers.List(ctx, q)
	if err != nil {
		return out, err
	}
	return out, a.balances(ctx, out.Items, a.today(ctx))
}

// Customer gives one customer with contacts and what is owed.
func (a *App) Customer(ctx context.Context, id invoice.CustomerID) (invoice.Customer, error) {
	c, err := a.customers.ByID(ctx, id)
	if err != nil {
		return c, err
	}
	all := []invoice.Customer{c}
	err = a.balances(ctx, all, a.today(ctx))
	return all[0], err
}

// balances fills in what customers owe; who may not see payments sees no balances.
func (a *App) balances(ctx context.Context, customers []invoice.Customer, today date.Date) error {
	if !auth.Allowed(ctx, CanSeePayments) || len(customers) == 0 {
		return nil
	}
	ids := make([]invoice.CustomerID, len(customers))
	for i, c := range customers {
		ids[i] = c.ID
	}
	found, err := a.customers.Balances(ctx, ids, today)
	if err != nil {
		return err
	}
	for i := range customers {
		if b := found[customers[i].ID]; b != nil {
			customers[i].Balances = b
		}
	}
	return nil
}

// AddCustomer adds a customer.
func (a *App) AddCustomer(ctx context.Context, in CustomerInput) (invoice.Customer, error) {
	c, err := in.customer()
	if err != nil {
		return c, err
	}
	now := a.act(ctx).At
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Customer, error) {
		c := c
		c.ID, c.CreatedAt = id.New[invoice.Customer](), now
		if c.Number == "" {
			if c.Number, err = a.customers.NextNumber(ctx, tx); err != nil {
				return c, err
			}
		}
		if err := a.customers.Insert(ctx, tx, c); err != nil {
			return c, err
		}
		return c, customerRecord(tx, "customer.add", nil, c)
	})
}

// ChangeCustomer replaces what is said of a customer. Issued documents keep what they say.
func (a *App) ChangeCustomer(ctx context.Context, customer invoice.CustomerID, version int, in CustomerInput) (invoice.Customer, error) {
	c, err := in.customer()
	if err != nil {
		return c, err
	}
	before, err := a.customers.ByID(ctx, customer)
	if err != nil {
		return c, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Customer, error) {
		c := c
		c.ID, c.Version, c.CreatedAt = customer, version, before.CreatedAt
		if c.Number == "" {
			c.Number = before.Number
		}
		if err := a.customers.Update(ctx, tx, c); err != nil {
			return c, err
		}
		c.Version++
		return c, customerRecord(tx, "customer.change", before, c)
	})
}

func customerRecord(tx *database.Tx, action string, before any, c invoice.Customer) error {
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "customer", SubjectID: c.ID.String(), Label: c.Number + " " + c.Name, Before: before, After: c,
	})
}
