package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// sample is what the requests name: records that exist in the company, and a number that is never used twice.
type sample struct {
	assets, words []string
	category      string
	customer      string
	taxRate       string
	deep          string // the cursor of a page far down the list of invoices
	unique        atomic.Int64
}

func (w *world) takeSample(ctx context.Context) error {
	w.sample = &sample{}
	s := w.sample
	for _, question := range []struct {
		into any
		sql  string
	}{
		{&s.assets, `SELECT array_agg(id::text) FROM (SELECT id FROM asset.asset TABLESAMPLE SYSTEM (50) LIMIT 5000) AS t`},
		{&s.words, `SELECT array_agg(DISTINCT left(lower(name), 6)) FROM (SELECT name FROM invoice.customer LIMIT 500) AS t WHERE length(name) > 6`},
		{&s.category, `SELECT id::text FROM asset.category ORDER BY name LIMIT 1`},
		{&s.customer, `SELECT id::text FROM invoice.customer WHERE NOT archived ORDER BY number LIMIT 1`},
		{&s.taxRate, `SELECT id::text FROM invoice.tax_rate WHERE NOT archived ORDER BY is_default DESC, percent DESC LIMIT 1`},
	} {
		if err := w.sql.QueryRow(ctx, question.sql).Scan(question.into); err != nil {
			return fmt.Errorf("take a sample by %s: %w", question.sql, err)
		}
	}
	return w.walkDown(ctx)
}

// walkDown pages through nine tenths of the invoices, as a client would that reads them all.
func (w *world) walkDown(ctx context.Context) error {
	for range w.company.invoices * 9 / 10 / 200 {
		var page struct {
			Next string `json:"next"`
		}
		if err := w.query(ctx, "/api/v1/invoices", url.Values{"limit": {"200"}, "cursor": {w.sample.deep}}, &page); err != nil {
			return err
		}
		w.sample.deep = page.Next
	}
	return nil
}

type flow = func(ctx context.Context, c *client, n int) error

// get makes a flow of one question.
func get(path func(n int) string) flow {
	return func(ctx context.Context, c *client, n int) error {
		_, _, err := c.ask(ctx, request{"GET", path(n), ""})
		return err
	}
}

func always(path string) flow { return get(func(int) string { return path }) }

func scenarios(w *world) []scenario {
	s := w.sample
	asset := func(n int) string { return s.assets[n*7919%len(s.assets)] }
	word := func(n int) string { return url.QueryEscape(s.words[n%len(s.words)]) }
	return []scenario{
		{name: "50 assets with holder names (two modules)", reach: "1.25", requests: 5000,
			product: always("/api/ui/assets?limit=50"), bare: always("/assets")},
		{name: "asset by id", reach: "1.4", requests: 20000,
			product: get(func(n int) string { return "/api/v1/assets/" + asset(n) }),
			bare:    get(func(n int) string { return "/assets/" + asset(n) })},
		{name: "create asset, event and audit row", reach: "1.3", requests: 6000,
			product: w.createAsset("/api/v1/assets"), bare: w.createAsset("/assets")},
		{name: "create and issue an invoice, gapless", reach: "1.8", requests: 3000,
			product: w.issueInvoice, bare: w.issueBare},
		{name: "dashboard over three modules", reach: "1.6 in growth", requests: 4000, product: always("/api/ui/home")},
		{name: "invoices, first page", reach: "-", requests: 5000,
			product: always("/api/v1/invoices?limit=50"), bare: always("/invoices")},
		{name: "invoices, nine tenths down", reach: "1.1 of the first page", requests: 5000,
			product: always("/api/v1/invoices?limit=50&cursor=" + url.QueryEscape(s.deep))},
		{name: "text search over invoices", reach: "1.5", requests: 4000,
			product: get(func(n int) string { return "/api/v1/invoices?limit=20&q=" + word(n) }),
			bare:    get(func(n int) string { return "/invoices?q=" + word(n) })},
	}
}

func (w *world) createAsset(path string) flow {
	return func(ctx context.Context, c *client, _ int) error {
		n := w.sample.unique.Add(1)
		body, err := json.Marshal(newAsset{
			Tag: fmt.Sprintf("BENCH-%d", n), Name: "Measured laptop", Serial: strconv.FormatInt(n, 36), CategoryID: w.sample.category,
			Cost: "1299.00", Currency: "EUR", PurchasedOn: time.Now().Format(time.DateOnly),
		})
		if err != nil {
			return err
		}
		_, _, err = c.ask(ctx, request{"POST", path, string(body)})
		return err
	}
}

// issueInvoice issues a new invoice of three lines, as the editor does.
func (w *world) issueInvoice(ctx context.Context, c *client, _ int) error {
	line := `{"description":"Measured work","quantity":"3","unitPrice":"19.90","taxRateId":"` + w.sample.taxRate + `"}`
	_, _, err := c.ask(ctx, request{"POST", "/api/v1/invoices?issue=true",
		`{"customerId":"` + w.sample.customer + `","currency":"EUR","lines":[` + strings.Repeat(line+",", 2) + line + `]}`})
	return err
}

// issueBare sends the same invoice with its sums.
func (w *world) issueBare(ctx context.Context, c *client, _ int) error {
	line := newLine{Description: "Measured work", Quantity: "3", UnitPrice: "19.90", Net: "59.70"}
	body, err := json.Marshal(newInvoice{
		Customer: w.sample.customer, Lines: []newLine{line, line, line}, Net: "179.10", Tax: "34.03", Gross: "213.13",
	})
	if err != nil {
		return err
	}
	_, _, err = c.ask(ctx, request{"POST", "/invoices", string(body)})
	return err
}
