package app

import (
	"context"
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// DraftInput is everything that may be said of a draft. What is absent comes from the
// customer, the items and the company's settings.
type DraftInput struct {
	CustomerID   invoice.CustomerID  `json:"customerId,omitzero"`
	Currency     money.Currency      `json:"currency,omitempty" maxLength:"3" doc:"The customer's or the company's when absent"`
	PriceMode    invoice.PriceMode   `json:"priceMode,omitempty" enum:"exclusive,inclusive" doc:"Whether prices contain the tax; exclusive when absent"`
	TaxRounding  invoice.TaxRounding `json:"taxRounding,omitempty" enum:"group,line" doc:"Where tax is rounded; per group when absent"`
	CashRounding money.Decimal       `json:"cashRounding,omitzero" doc:"The smallest coin, such as 0.05; none when absent"`
	PaymentDays  *int                `json:"paymentDays,omitempty" minimum:"0" maximum:"365"`
	DeliveredOn  date.Date           `json:"deliveredOn,omitzero"`
	Reference    string              `json:"reference,omitempty" maxLength:"200"`
	Note         string              `json:"note,omitempty" maxLength:"5000"`
	Lines        []LineInput         `json:"lines" maxItems:"1000"`
	Adjustments  []AdjustmentInput   `json:"adjustments,omitempty" maxItems:"20" doc:"Discounts and surcharges on the document"`
}

// LineInput is one line. With an item, what is absent is the item's.
type LineInput struct {
	ItemID       invoice.ItemID    `json:"itemId,omitzero"`
	Description  string            `json:"description,omitempty" maxLength:"2000"`
	Quantity     money.Decimal     `json:"quantity"`
	Unit         string            `json:"unit,omitempty" maxLength:"20"`
	UnitPrice    *money.Decimal    `json:"unitPrice,omitempty"`
	BaseQuantity money.Decimal     `json:"baseQuantity,omitzero" doc:"The price is for this many units; 1 when absent"`
	TaxRateID    invoice.TaxRateID `json:"taxRateId,omitzero" doc:"The item's, then the default rate when absent"`
	Adjustments  []AdjustmentInput `json:"adjustments,omitempty" maxItems:"20"`
}

// AdjustmentInput is a discount or a surcharge: a percent, or an amount.
type AdjustmentInput struct {
	Charge  bool          `json:"charge,omitempty" doc:"True for a surcharge, false for a discount"`
	Percent money.Decimal `json:"percent,omitzero"`
	Amount  money.Decimal `json:"amount,omitzero"`
	Reason  string        `json:"reason,omitempty" maxLength:"200"`
}

// content resolves an input against customer, items and rates, and checks it.
func (a *App) content(ctx context.Context, in DraftInput) (domain.Content, error) {
	c := domain.Content{
		CustomerID: in.CustomerID, Reference: strings.TrimSpace(in.Reference), Note: strings.TrimSpace(in.Note), PaymentDays: 30, DeliveredOn: in.DeliveredOn,
		Document: invoice.Document{
			Currency: in.Currency, PriceMode: in.PriceMode, TaxRounding: in.TaxRounding, CashRounding: in.CashRounding,
			Lines: []invoice.Line{}, Adjustments: adjustments(in.Adjustments),
		},
	}
	var p fault.Problems
	if err := a.fromCustomer(ctx, &p, &c); err != nil {
		return c, err
	}
	if in.PaymentDays != nil {
		c.PaymentDays = *in.PaymentDays
	}
	if c.Document.PriceMode == "" {
		c.Document.PriceMode = invoice.Exclusive
	}
	if c.Document.TaxRounding == "" {
		c.Document.TaxRounding = invoice.PerGroup
	}
	if err := a.lines(ctx, &p, in.Lines, &c.Document); err != nil {
		return c, err
	}
	domain.CheckContent(&p, "body", c)
	domain.CheckDocument(&p, "body", c.Document)
	return c, p.Err()
}

func (a *App) fromCustomer(ctx context.Context, p *fault.Problems, c *domain.Content) error {
	if !c.CustomerID.IsZero() {
		customer, err := a.customers.Brief(ctx, c.CustomerID)
		switch {
		case fault.Is(err, fault.NotFound):
			p.Add("body.customerId", "names no customer")
		case err != nil:
			return err
		}
		c.Customer, c.PaymentDays = customer.Name, customer.PaymentDays
		if c.Document.Currency == "" {
			c.Document.Currency = customer.Currency
		}
	}
	if c.Document.Currency == "" {
		seller, err := a.company.Seller(ctx)
		if err != nil {
			return err
		}
		c.Document.Currency = seller.Currency
	}
	return nil
}

func (a *App) lines(ctx context.Context, p *fault.Problems, in []LineInput, d *invoice.Document) error {
	rates, err := a.ratesByID(ctx)
	if err != nil {
		return err
	}
	var ids []invoice.ItemID
	for _, l := range in {
		if !l.ItemID.IsZero() {
			ids = append(ids, l.ItemID)
		}
	}
	items, err := a.catalogue.ItemsByID(ctx, ids)
	if err != nil {
		return err
	}
	for i, l := range in {
		d.Lines = append(d.Lines, line(p, fmt.Sprintf("body.lines[%d]", i), l, items, rates))
	}
	return nil
}

func line(p *fault.Problems, at string, in LineInput, items map[invoice.ItemID]invoice.Item, rates rates) invoice.Line {
	l := invoice.Line{
		ItemID: in.ItemID, Description: strings.TrimSpace(in.Description), Quantity: in.Quantity, Unit: strings.TrimSpace(in.Unit),
		BaseQuantity: in.BaseQuantity, Adjustments: adjustments(in.Adjustments),
	}
	rate := in.TaxRateID
	if !in.ItemID.IsZero() {
		item, known := items[in.ItemID]
		if !known {
			p.Add(at+".itemId", "names no item")
		}
		if l.Description == "" {
			l.Description = item.Name
		}
		if l.Unit == "" {
			l.Unit = item.Unit
		}
		l.UnitPrice = item.UnitPrice
		if rate.IsZero() {
			rate = item.TaxRateID
		}
	}
	if in.UnitPrice != nil {
		l.UnitPrice = *in.UnitPrice
	} else if in.ItemID.IsZero() {
		p.Add(at+".unitPrice", "must be given")
	}
	tax, known := rates.tax(rate)
	if !known {
		p.Add(at+".taxRateId", "must name a tax rate")
		tax = invoice.Tax{Category: invoice.ZeroRated}
	}
	l.Tax = tax
	return l
}

func adjustments(in []AdjustmentInput) []invoice.Adjustment {
	var out []invoice.Adjustment
	for _, x := range in {
		out = append(out, invoice.Adjustment{Charge: x.Charge, Percent: x.Percent, Amount: x.Amount, Reason: strings.TrimSpace(x.Reason)})
	}
	return out
}

// rates are the tax rates by id; the zero id is the default one.
type rates map[invoice.TaxRateID]invoice.TaxRate

func (a *App) ratesByID(ctx context.Context) (rates, error) {
	list, err := a.TaxRates(ctx)
	if err != nil {
		return nil, err
	}
	out := make(rates, len(list)+1)
	for _, r := range list {
		out[r.ID] = r
		if r.Default {
			out[invoice.TaxRateID{}] = r
		}
	}
	return out, nil
}

func (r rates) tax(id invoice.TaxRateID) (invoice.Tax, bool) {
	rate, known := r[id]
	return invoice.Tax{RateID: rate.ID, Name: rate.Name, Category: rate.Category, Percent: rate.Percent, Reason: rate.Reason}, known
}
