package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// bare is the ceiling: what the same work costs with nothing around it. No access rules, no validation, no mapping.
type bare struct {
	asset, employee, invoice *pgxpool.Pool
	issuing                  chan *waiting
}

// serveBaseline runs the bare server until ctx ends.
func serveBaseline(ctx context.Context, addr, url string) error {
	b := &bare{issuing: make(chan *waiting, connections)}
	for schema, pool := range map[string]**pgxpool.Pool{"asset": &b.asset, "employee": &b.employee, "invoice": &b.invoice} {
		config, err := pgxpool.ParseConfig(url)
		if err != nil {
			return err
		}
		config.MaxConns = connections
		config.ConnConfig.RuntimeParams["search_path"] = schema + ", extensions"
		if *pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
			return err
		}
	}
	go b.issueInGroups(ctx)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /assets", answer(b.list))
	mux.HandleFunc("GET /assets/{id}", answer(b.get))
	mux.HandleFunc("POST /assets", answer(b.create))
	mux.HandleFunc("POST /invoices", answer(b.issue))
	mux.HandleFunc("GET /invoices", answer(b.invoices))
	server := &http.Server{Addr: addr, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func answer(f func(r *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := f(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
}

// assetRow is an asset as the API shows it.
type assetRow struct {
	ID            string     `json:"id"`
	Tag           string     `json:"tag"`
	Name          string     `json:"name"`
	Serial        string     `json:"serial,omitempty"`
	Model         string     `json:"model,omitempty"`
	Supplier      string     `json:"supplier,omitempty"`
	Notes         string     `json:"notes,omitempty"`
	CategoryID    string     `json:"categoryId"`
	LocationID    *string    `json:"locationId,omitempty"`
	PurchasedOn   *time.Time `json:"purchasedOn,omitempty"`
	Cost          string     `json:"cost"`
	Currency      string     `json:"currency"`
	WarrantyUntil *time.Time `json:"warrantyUntil,omitempty"`
	Method        string     `json:"method"`
	Convention    string     `json:"convention"`
	LifeMonths    int        `json:"lifeMonths"`
	Salvage       string     `json:"salvage"`
	InServiceOn   *time.Time `json:"inServiceOn,omitempty"`
	Status        string     `json:"status"`
	HolderID      *string    `json:"holderId,omitempty"`
	HolderName    string     `json:"holderName,omitempty"`
	HeldSince     *time.Time `json:"heldSince,omitempty"`
	DueOn         *time.Time `json:"dueOn,omitempty"`
	RetiredOn     *time.Time `json:"retiredOn,omitempty"`
	DisposedOn    *time.Time `json:"disposedOn,omitempty"`
	Version       int        `json:"version"`
	CreatedAt     time.Time  `json:"createdAt"`
	UpdatedAt     time.Time  `json:"updatedAt"`
	Category      string     `json:"category"`
	Location      string     `json:"location,omitempty"`
	Department    string     `json:"holderDepartment,omitempty"`
}

const assetFields = `SELECT a.id::text, a.tag, a.name, a.serial, a.model, a.supplier, a.notes, a.category_id::text,
	a.location_id::text, a.purchased_on, a.cost::text, a.currency, a.warranty_until, a.method, a.convention, a.life_months,
	a.salvage::text, a.in_service_on, a.status, a.holder_id::text, a.holder_name, a.held_since, a.due_on, a.retired_on,
	a.disposed_on, a.version, a.created_at, a.updated_at, `

const selectAsset = assetFields + `(SELECT c.name FROM category c WHERE c.id = a.category_id),
	coalesce((SELECT l.name FROM location l WHERE l.id = a.location_id), '') FROM asset a WHERE a.id = $1`

const selectAssets = assetFields + `c.name, coalesce(l.name, '') FROM asset a JOIN category c ON c.id = a.category_id LEFT JOIN location l ON l.id = a.location_id`

func (a *assetRow) scan(row pgx.CollectableRow) error {
	return row.Scan(&a.ID, &a.Tag, &a.Name, &a.Serial, &a.Model, &a.Supplier, &a.Notes, &a.CategoryID, &a.LocationID, &a.PurchasedOn,
		&a.Cost, &a.Currency, &a.WarrantyUntil, &a.Method, &a.Convention, &a.LifeMonths, &a.Salvage, &a.InServiceOn, &a.Status,
		&a.HolderID, &a.HolderName, &a.HeldSince, &a.DueOn, &a.RetiredOn, &a.DisposedOn, &a.Version, &a.CreatedAt, &a.UpdatedAt,
		&a.Category, &a.Location)
}

func (b *bare) assets(ctx context.Context, sql string, args ...any) ([]assetRow, error) {
	rows, err := b.asset.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (a assetRow, err error) { return a, a.scan(row) })
}

// list is one query of assets and one for the holders' names.
func (b *bare) list(r *http.Request) (any, error) {
	assets, err := b.assets(r.Context(), selectAssets+` WHERE true ORDER BY lower(a.tag), a.id LIMIT $1`, 51)
	if err != nil {
		return nil, err
	}
	assets = assets[:min(len(assets), 50)]
	var holders []string
	seen := map[string]bool{}
	for _, a := range assets {
		if a.HolderID != nil && !seen[*a.HolderID] {
			seen[*a.HolderID] = true
			holders = append(holders, *a.HolderID)
		}
	}
	rows, err := b.employee.Query(r.Context(), `SELECT e.id::text, e.display_name, coalesce(d.name, '') FROM employee e
		LEFT JOIN placement p ON p.employee_id = e.id AND p.valid @> current_date
		LEFT JOIN department d ON d.id = p.department_id WHERE e.id = ANY($1::uuid[])`, holders)
	if err != nil {
		return nil, err
	}
	names := map[string][2]string{}
	var id, name, department string
	_, err = pgx.ForEachRow(rows, []any{&id, &name, &department}, func() error {
		names[id] = [2]string{name, department}
		return nil
	})
	for i, a := range assets {
		if a.HolderID != nil {
			assets[i].HolderName, assets[i].Department = names[*a.HolderID][0], names[*a.HolderID][1]
		}
	}
	return map[string]any{"items": assets}, err
}

func (b *bare) get(r *http.Request) (any, error) {
	assets, err := b.assets(r.Context(), selectAsset, r.PathValue("id"))
	if err != nil || len(assets) == 0 {
		return nil, errors.Join(err, errors.New("no such asset"))
	}
	return assets[0], nil
}

// invoiceRow is an invoice as it stands in a list.
type invoiceRow struct {
	ID         string     `json:"id"`
	Version    int        `json:"version"`
	Kind       string     `json:"kind"`
	Status     string     `json:"status"`
	Number     string     `json:"number,omitempty"`
	CustomerID *string    `json:"customerId,omitempty"`
	Customer   string     `json:"customer,omitempty"`
	OwnerID    *string    `json:"ownerId,omitempty"`
	IssuedOn   *time.Time `json:"issuedOn,omitempty"`
	DueOn      *time.Time `json:"dueOn,omitempty"`
	Reference  string     `json:"reference,omitempty"`
	Currency   string     `json:"currency"`
	Net        string     `json:"net"`
	Tax        string     `json:"tax"`
	Gross      string     `json:"gross"`
	Due        string     `json:"due"`
	CreatedAt  time.Time  `json:"createdAt"`
}

const selectInvoices = `SELECT id::text, version, kind, status, coalesce(number, ''), customer_id::text, customer_name, owner_id::text,
	issued_on, due_on, reference, currency, net::text, tax::text, gross::text, due::text, created_at FROM invoice`

// invoices is the list, or a search in it. A search is planned for its word each time.
func (b *bare) invoices(r *http.Request) (any, error) {
	q := r.URL.Query().Get("q")
	sql, args := selectInvoices+` ORDER BY invoice.id DESC LIMIT 51`, []any{}
	if q != "" {
		sql = selectInvoices + ` WHERE search_text LIKE $1 ORDER BY invoice.id DESC LIMIT 21`
		args = []any{pgx.QueryExecModeExec, "%" + q + "%"}
	}
	rows, err := b.invoice.Query(r.Context(), sql, args...)
	if err != nil {
		return nil, err
	}
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (i invoiceRow, err error) {
		return i, row.Scan(&i.ID, &i.Version, &i.Kind, &i.Status, &i.Number, &i.CustomerID, &i.Customer, &i.OwnerID, &i.IssuedOn, &i.DueOn,
			&i.Reference, &i.Currency, &i.Net, &i.Tax, &i.Gross, &i.Due, &i.CreatedAt)
	})
	return map[string]any{"items": items}, err
}
