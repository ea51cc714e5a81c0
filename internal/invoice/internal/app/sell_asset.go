package app

import (
	"context"
	"errors"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
	"erp/internal/platform/saga"
)

// SellInput says what is sold to whom for how much. The invoice is in the currency in which the asset stands in the books.
type SellInput struct {
	AssetID     asset.ID           `json:"assetId"`
	CustomerID  invoice.CustomerID `json:"customerId"`
	Price       money.Decimal      `json:"price" doc:"In the price mode"`
	PriceMode   invoice.PriceMode  `json:"priceMode,omitempty" enum:"exclusive,inclusive" doc:"Whether the price contains the tax; exclusive when absent"`
	TaxRateID   invoice.TaxRateID  `json:"taxRateId,omitzero" doc:"The default rate when absent"`
	PaymentDays *int               `json:"paymentDays,omitempty" minimum:"0" maximum:"365" doc:"The customer's when absent"`
	Reference   string             `json:"reference,omitempty" maxLength:"200"`
	Note        string             `json:"note,omitempty" maxLength:"5000"`
}

// AssetSale is the sale of an asset on an invoice, and how far it has come. The amounts are those of the books on the day.
type AssetSale struct {
	ID         saga.ID            `json:"id,omitzero"`
	State      saga.State         `json:"state,omitempty" enum:"running,undoing,stuck,done,undone" doc:"Undone: the invoice was credited, or a step failed"`
	Failure    string             `json:"failure,omitempty" doc:"Why it was undone, or what it waits for"`
	AssetID    asset.ID           `json:"assetId"`
	Tag        string             `json:"tag"`
	Name       string             `json:"name"`
	CustomerID invoice.CustomerID `json:"customerId"`
	Customer   string             `json:"customer"`
	InvoiceID  invoice.ID         `json:"invoiceId,omitzero"`
	Number     string             `json:"number,omitempty" doc:"The invoice's"`
	SoldOn     date.Date          `json:"soldOn"`
	Currency   money.Currency     `json:"currency"`
	Net        money.Decimal      `json:"net" doc:"Proceeds without tax"`
	Tax        money.Decimal      `json:"tax"`
	Gross      money.Decimal      `json:"gross"`
	Cost       money.Decimal      `json:"cost"`
	Written    money.Decimal      `json:"accumulated" doc:"Depreciation charged up to the day"`
	Value      money.Decimal      `json:"value" doc:"Net book value on the day"`
	Gain       money.Decimal      `json:"gain" doc:"Net less value; negative for a loss"`
}

// selling is what the process of a sale knows.
type selling struct {
	Content   domain.Content `json:"content"`
	OwnerID   employee.ID    `json:"ownerId,omitzero"`
	InvoiceID invoice.ID     `json:"invoiceId,omitzero"`
	Number    string         `json:"number,omitempty"`
	Sale      asset.Sale     `json:"sale"`
}

// PreviewSale tells what a sale would bring, without doing anything.
func (a *App) PreviewSale(ctx context.Context, in SellInput) (AssetSale, error) {
	s, err := a.sale(ctx, in)
	return saleView(saga.Entry{}, s), err
}

// SellAsset sells an asset on an invoice of its own: the asset is kept, the invoice drafted and issued, the disposal
// booked with gain or loss, and custody ends. All of it or nothing, whatever happens to the program. It takes the
// permission to issue beside the one to sell.
func (a *App) SellAsset(ctx context.Context, in SellInput) (AssetSale, error) {
	if err := auth.Need(ctx, CanIssue); err != nil {
		return AssetSale{}, err
	}
	s, err := a.sale(ctx, in)
	if err != nil {
		return a.saleOfFirst(ctx, in.AssetID, err)
	}
	var begun saga.Begun
	err = a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		begun, err = a.selling.Start(tx, saga.About{ID: in.AssetID.String(), Label: s.Sale.Tag + " " + s.Sale.Name}, s)
		return err
	})
	if err != nil {
		return a.saleOfFirst(ctx, in.AssetID, err)
	}
	end, err := a.selling.Carry(context.WithoutCancel(ctx), begun)
	return saleView(end.Entry, end.Data), err
}

// sale resolves the input against customer, rate and register. Nothing is kept yet.
func (a *App) sale(ctx context.Context, in SellInput) (selling, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return selling{}, err
	}
	sale, err := a.assets.Quote(ctx, asset.Offer{AssetID: in.AssetID, On: seller.Today(a.now())})
	var p fault.Problems
	switch {
	case fault.Is(err, fault.NotFound):
		p.Add("body.assetId", "names no asset that you may see")
	case err != nil:
		return selling{}, err
	}
	if in.CustomerID.IsZero() {
		p.Add("body.customerId", "must name a customer")
	}
	if err := p.Err(); err != nil {
		return selling{}, err
	}
	content, err := a.content(ctx, DraftInput{
		CustomerID: in.CustomerID, Currency: sale.Currency, PriceMode: in.PriceMode, PaymentDays: in.PaymentDays, DeliveredOn: sale.On,
		Reference: in.Reference, Note: in.Note,
		Lines: []LineInput{{Description: sale.Tag + " " + sale.Name, Quantity: money.FromInt(1), UnitPrice: &in.Price, TaxRateID: in.TaxRateID}},
	})
	if err != nil {
		return selling{}, ofSale(err)
	}
	content.Document.Lines[0].AssetID = in.AssetID
	content.Document = domain.Calculate(content.Document)
	sale.Proceeds = content.Document.Totals.Net
	sale.Gain = sale.Proceeds.Sub(sale.Value)
	return selling{Content: content, OwnerID: me(ctx), Sale: sale}, nil
}

// ofSale names the fields of a sale where the refusal names those of the invoice that it makes.
func ofSale(err error) error {
	refusal, ok := errors.AsType[*fault.Error](err)
	if !ok || refusal.Kind != fault.Invalid {
		return err
	}
	var p fault.Problems
	for _, f := range refusal.Fields {
		switch f.Location {
		case "body.lines[0].taxRateId":
			f.Location = "body.taxRateId"
		case "body.lines", "body.lines[0].unitPrice":
			f.Location = "body.price"
		}
		p.Add(f.Location, "%s", f.Message)
	}
	return p.Err()
}

// saleOfFirst gives a repeated request the answer of the first one, which may still be under way or have been finished by
// another program; anything else is the refusal itself.
func (a *App) saleOfFirst(ctx context.Context, sold asset.ID, refusal error) (AssetSale, error) {
	if fault.KindOf(refusal) != fault.Conflict {
		return AssetSale{}, refusal
	}
	a.selling.Wait(ctx, sold.String())
	return database.Write(ctx, a.db, func(context.Context, *database.Tx) (AssetSale, error) { return AssetSale{}, refusal })
}

// ListSales narrows the sales of assets.
type ListSales struct {
	AssetID asset.ID
	Page    page.Request
}

// Sales lists the sales of assets, the newest first.
func (a *App) Sales(ctx context.Context, in ListSales) (page.Of[AssetSale], error) {
	after, err := page.Decode(in.Page.Cursor, "-started", 1)
	if err != nil {
		return page.Of[AssetSale]{}, err
	}
	q := saga.Query{SubjectID: in.AssetID.String(), Limit: in.Page.Size() + 1}
	if after != nil {
		before, err := id.Parse[saga.Entry](after[0])
		if err != nil {
			var p fault.Problems
			p.Add("query.cursor", "does not belong to this list and sort order; start from the first page")
			return page.Of[AssetSale]{}, p.Err()
		}
		q.BeforeID = before.String()
	}
	runs, err := a.selling.List(ctx, q)
	if err != nil {
		return page.Of[AssetSale]{}, err
	}
	sales := make([]AssetSale, len(runs))
	for i, run := range runs {
		sales[i] = saleView(run.Entry, run.Data)
	}
	return page.Cut(sales, in.Page.Size(), func(s AssetSale) string { return page.Encode("-started", s.ID.String()) }), nil
}

func saleView(e saga.Entry, s selling) AssetSale {
	t := s.Content.Document.Totals
	return AssetSale{
		ID: e.ID, State: e.State, Failure: e.Failure, AssetID: s.Sale.AssetID, Tag: s.Sale.Tag, Name: s.Sale.Name,
		CustomerID: s.Content.CustomerID, Customer: s.Content.Customer, InvoiceID: s.InvoiceID, Number: s.Number,
		SoldOn: s.Sale.On, Currency: s.Sale.Currency, Net: t.Net, Tax: t.Tax, Gross: t.Gross,
		Cost: s.Sale.Cost, Written: s.Sale.Accumulated, Value: s.Sale.Value, Gain: s.Sale.Gain,
	}
}
