package app

import (
	"context"
	"io"
	"strconv"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// BillInput is a vendor's bill as it is typed.
type BillInput struct {
	Supplier  string            `json:"supplier" maxLength:"200" example:"Initech GmbH"`
	Number    string            `json:"number" maxLength:"100" doc:"The vendor's; two bills of one vendor cannot have the same"`
	BilledOn  date.Date         `json:"billedOn" doc:"The day that stands on the bill"`
	DueOn     date.Date         `json:"dueOn,omitzero" doc:"The day of the bill when absent"`
	Currency  money.Currency    `json:"currency,omitempty" maxLength:"3" doc:"The company's when absent"`
	PriceMode invoice.PriceMode `json:"priceMode,omitempty" enum:"exclusive,inclusive" doc:"Whether prices contain the tax; exclusive when absent"`
	Note      string            `json:"note,omitempty" maxLength:"5000"`
	Lines     []BillLineInput   `json:"lines" maxItems:"1000"`
}

// BillLineInput is one line of it.
type BillLineInput struct {
	Description string            `json:"description" maxLength:"2000"`
	Quantity    money.Decimal     `json:"quantity"`
	Unit        string            `json:"unit,omitempty" maxLength:"20"`
	UnitPrice   money.Decimal     `json:"unitPrice"`
	TaxRateID   invoice.TaxRateID `json:"taxRateId,omitzero" doc:"The default rate when absent"`
}

func (a *App) billContent(ctx context.Context, in BillInput) (domain.BillContent, error) {
	c := domain.BillContent{
		Supplier: strings.TrimSpace(in.Supplier), Number: strings.TrimSpace(in.Number), BilledOn: in.BilledOn, DueOn: in.DueOn, Note: strings.TrimSpace(in.Note),
		Document: invoice.Document{Currency: in.Currency, PriceMode: in.PriceMode, TaxRounding: invoice.PerGroup, Lines: []invoice.Line{}},
	}
	if c.DueOn.IsZero() {
		c.DueOn = c.BilledOn
	}
	if c.Document.PriceMode == "" {
		c.Document.PriceMode = invoice.Exclusive
	}
	if c.Document.Currency == "" {
		seller, err := a.company.Seller(ctx)
		if err != nil {
			return c, err
		}
		c.Document.Currency = seller.Currency
	}
	lines := make([]LineInput, len(in.Lines))
	for i, l := range in.Lines {
		lines[i] = LineInput{Description: l.Description, Quantity: l.Quantity, Unit: l.Unit, UnitPrice: &l.UnitPrice, TaxRateID: l.TaxRateID}
	}
	var p fault.Problems
	if err := a.lines(ctx, &p, lines, &c.Document); err != nil {
		return c, err
	}
	domain.CheckBill(&p, "body", c)
	return c, p.Err()
}

// PreviewBill calculates a bill without keeping it.
func (a *App) PreviewBill(ctx context.Context, in BillInput) (invoice.Document, error) {
	c, err := a.billContent(ctx, in)
	if err != nil {
		return invoice.Document{}, err
	}
	return domain.Calculate(c.Document), nil
}

// DraftBill keeps a vendor's bill that we do not owe yet.
func (a *App) DraftBill(ctx context.Context, in BillInput) (invoice.Bill, error) {
	c, err := a.billContent(ctx, in)
	if err != nil {
		return invoice.Bill{}, err
	}
	act := a.act(ctx)
	view, err := database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (invoice.Bill, error) {
		b := domain.DraftBill(id.New[invoice.Bill](), c, act)
		if err := a.bills.Save(tx, b); err != nil {
			return invoice.Bill{}, err
		}
		return billView(b, date.Date{}), recordBill(tx, "bill.draft", b, nil)
	})
	return view, billTaken(c, err)
}

// billTaken tells a number that the vendor has used before at its field.
func billTaken(c domain.BillContent, err error) error {
	if !store.IsBillTaken(err) {
		return err
	}
	return fault.New(fault.Conflict, "bill-number-taken", "Bill %s of %s was entered before.", c.Number, c.Supplier).At("body.number", "was entered before").Wrap(err)
}

// changeBill does something to a bill in the version that the caller saw; 0 is any.
func (a *App) changeBill(ctx context.Context, which invoice.BillID, version int, action string, do func(b *domain.Bill, act domain.Act) error) (invoice.Bill, error) {
	act := a.act(ctx)
	act.On = a.today(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Bill, error) {
		b, err := a.bills.Lock(ctx, tx, which)
		switch {
		case err != nil:
			return invoice.Bill{}, err
		case version != 0 && version != b.Version:
			return invoice.Bill{}, fault.New(fault.Stale, "stale", "Somebody else has changed %s since you opened it; look at it again.", b.Label())
		}
		before := summariseBill(b)
		if err := do(b, act); err != nil {
			return invoice.Bill{}, err
		}
		if err := a.bills.Save(tx, b); err != nil {
			return invoice.Bill{}, err
		}
		return billView(b, act.On), recordBill(tx, action, b, before)
	})
}

// ReviseBill replaces a draft.
func (a *App) ReviseBill(ctx context.Context, which invoice.BillID, version int, in BillInput) (invoice.Bill, error) {
	c, err := a.billContent(ctx, in)
	if err != nil {
		return invoice.Bill{}, err
	}
	view, err := a.changeBill(ctx, which, version, "bill.revise", func(b *domain.Bill, act domain.Act) error { return b.Revise(c, act) })
	return view, billTaken(c, err)
}

// DiscardBill deletes a draft; its facts stay in the ledger.
func (a *App) DiscardBill(ctx context.Context, which invoice.BillID, version int) error {
	_, err := a.changeBill(ctx, which, version, "bill.discard", func(b *domain.Bill, act domain.Act) error { return b.Discard(act) })
	return err
}

// RecordBill says that we owe it.
func (a *App) RecordBill(ctx context.Context, which invoice.BillID, version int) (invoice.Bill, error) {
	return a.changeBill(ctx, which, version, "bill.record", func(b *domain.Bill, act domain.Act) error { return b.Record(act) })
}

// CancelBillInput says why a bill is owed no more.
type CancelBillInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// CancelBill ends a bill of which nothing was delivered.
func (a *App) CancelBill(ctx context.Context, which invoice.BillID, version int, in CancelBillInput) (invoice.Bill, error) {
	return a.changeBill(ctx, which, version, "bill.cancel", func(b *domain.Bill, act domain.Act) error { return b.Cancel(in.Reason, act) })
}

// BillQuery narrows the list of bills.
type BillQuery = store.BillQuery

// Bills gives a page of vendors' bills.
func (a *App) Bills(ctx context.Context, q BillQuery) (page.Of[invoice.BillRow], error) {
	q.Today = a.today(ctx)
	return a.bills.List(ctx, q)
}

// Bill gives one bill with its parts.
func (a *App) Bill(ctx context.Context, which invoice.BillID) (invoice.Bill, error) {
	b, err := a.bills.Load(ctx, which)
	if err != nil {
		return invoice.Bill{}, err
	}
	return billView(b, a.today(ctx)), nil
}

// BillHistory gives every fact of a bill, oldest first.
func (a *App) BillHistory(ctx context.Context, which invoice.BillID) ([]invoice.BillHistoryEntry, error) {
	if _, err := a.bills.Load(ctx, which); err != nil {
		return nil, err
	}
	events, err := a.bills.Events(ctx, which)
	if err != nil {
		return nil, err
	}
	out := make([]invoice.BillHistoryEntry, len(events))
	for i, e := range events {
		h := invoice.BillHistoryEntry{Version: e.Version, Kind: e.Fact.Kind(), At: e.At, Actor: e.Actor}
		switch f := e.Fact.(type) {
		case domain.BillPaidOut:
			h.Amount = &f.Amount
		case domain.BillPaymentVoided:
			h.Amount, h.Detail = &f.Amount, f.Reason
		case domain.BillCancelled:
			h.Detail = f.Reason
		case domain.BillReopened:
			h.Detail = f.Reason
		}
		out[i] = h
	}
	return out, nil
}

// ExportBills writes the bills of a query as CSV.
func (a *App) ExportBills(ctx context.Context, q BillQuery) (func(io.Writer) error, error) {
	if err := auth.Need(ctx, CanSeeBills); err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, "number", "supplier", "status", "billedOn", "dueOn", "currency", "net", "gross", "due", "assets")
		return pages(file, func(at page.Request) (page.Of[invoice.BillRow], error) {
			q.Page = at
			return a.Bills(ctx, q)
		}, func(r invoice.BillRow) []string {
			return []string{r.Number, r.Supplier, string(r.Status), r.BilledOn.String(), r.DueOn.String(), string(r.Currency), r.Net.String(), r.Gross.String(),
				r.Due.String(), strconv.Itoa(r.Assets)}
		})
	}, nil
}

func billView(b *domain.Bill, today date.Date) invoice.Bill {
	c := b.Content
	v := invoice.Bill{
		ID: b.ID, Version: b.Version, Status: domain.BillOnDay(b.Status(), c.DueOn, today), Supplier: c.Supplier, Number: c.Number,
		BilledOn: c.BilledOn, DueOn: c.DueOn, Note: c.Note, Document: c.Document, Paid: b.Paid, Due: b.Due(), Payments: b.Payments, Bought: b.Bought,
		CreatedAt: b.CreatedAt, UpdatedAt: b.UpdatedAt,
	}
	if b.Cancelled != nil {
		v.CancelledOn, v.CancelReason = b.Cancelled.On, b.Cancelled.Reason
	}
	return v
}

// billSummary is what the audit trail keeps of a bill; the ledger has the rest.
type billSummary struct {
	Status   invoice.BillStatus `json:"status"`
	Supplier string             `json:"supplier"`
	Number   string             `json:"number"`
	Currency money.Currency     `json:"currency"`
	Gross    money.Decimal      `json:"gross"`
	Due      money.Decimal      `json:"due"`
	Assets   int                `json:"assets"`
}

func summariseBill(b *domain.Bill) billSummary {
	d := b.Content.Document
	return billSummary{b.Status(), b.Content.Supplier, b.Content.Number, d.Currency, d.Totals.Gross, b.Due(), b.Assets()}
}

func recordBill(tx *database.Tx, action string, b *domain.Bill, before any) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "bill", SubjectID: b.ID.String(), Label: b.Content.Number + ", " + b.Content.Supplier, Before: before, After: summariseBill(b)})
}
