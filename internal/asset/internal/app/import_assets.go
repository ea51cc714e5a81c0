package app

import (
	"context"
	"io"
	"slices"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/money"
)

// MostRows is how many assets one file may hold.
const MostRows = 20_000

// Import says what to do with a file.
type Import struct {
	Preview       bool `query:"preview" doc:"Look only: nothing is written, and problems are part of a successful answer"`
	CreateMissing bool `query:"createMissing" doc:"Make categories and locations that are not there yet; takes the permission to set them up"`
}

// ImportReport is what a file does, or would do.
type ImportReport struct {
	Rows          int               `json:"rows" doc:"Rows of the file that say something"`
	Created       int               `json:"created" doc:"Assets that were registered; 0 in a preview"`
	Problems      []csvfile.Problem `json:"problems" doc:"What is wrong, at most 200 of it; with any, nothing is imported"`
	ProblemCount  int               `json:"problemCount"`
	NewCategories []string          `json:"newCategories" doc:"Categories that the file makes"`
	NewLocations  []string          `json:"newLocations" doc:"Locations that the file makes, by path"`
	Ignored       []string          `json:"ignored" doc:"Columns that are not imported"`
	Sample        []asset.Asset     `json:"sample" doc:"The first rows as they become assets"`
}

const sampleSize = 10

// ImportAssets registers every row of a CSV file, or none when any has a problem. A preview writes nothing and answers
// with the problems; an import with problems is Invalid, each named by row and column.
func (a *App) ImportAssets(ctx context.Context, r io.Reader, how Import) (ImportReport, error) {
	if _, err := a.reach(ctx, CanImport); err != nil {
		return ImportReport{}, err
	}
	batch, err := a.prepare(ctx, r, how)
	if err != nil {
		return ImportReport{}, err
	}
	result := batch.result()
	if how.Preview {
		return result, nil
	}
	if err := batch.problems.Err(); err != nil {
		return ImportReport{}, err
	}
	if err := a.giveTags(ctx, batch); err != nil {
		return ImportReport{}, err
	}
	done, err := database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (ImportReport, error) {
		return result, a.insertBatch(ctx, tx, batch, &result)
	})
	if store.IsTagTaken(err) {
		return ImportReport{}, tagTakenMeanwhile().Wrap(err)
	}
	return done, err
}

// batch is a file on its way into the register.
type batch struct {
	candidates    []candidate
	problems      csvfile.Problems
	ignored       []string
	categories    map[string]domain.Category // by name in lower case
	newCategories []domain.Category
	tree          *domain.Tree
	newLocations  []domain.Location
}

func (a *App) prepare(ctx context.Context, r io.Reader, how Import) (*batch, error) {
	b := &batch{categories: map[string]domain.Category{}}
	var err error
	if b.candidates, b.ignored, err = readCandidates(r, &b.problems); err != nil {
		return nil, err
	}
	known, err := store.Categories(ctx, a.DB.Pool())
	if err != nil {
		return nil, err
	}
	for _, c := range known {
		b.categories[strings.ToLower(c.Name)] = c
	}
	places, err := store.Locations(ctx, a.DB.Pool())
	if err != nil {
		return nil, err
	}
	b.tree = domain.NewTree(places)
	currency, err := a.currencyFor(ctx, b)
	if err != nil {
		return nil, err
	}
	create := how.CreateMissing && auth.Allowed(ctx, CanConfigure)
	for i := range b.candidates {
		b.complete(&b.candidates[i], currency, create, a)
	}
	blameTwice(&b.problems, b.candidates)
	return b, a.blameTaken(ctx, b)
}

// currencyFor asks the company only when a row leaves the currency open.
func (a *App) currencyFor(ctx context.Context, b *batch) (money.Currency, error) {
	for _, c := range b.candidates {
		if c.Currency == "" {
			return a.Company.Currency(ctx)
		}
	}
	return "", nil
}

// complete resolves names and asks the rules; what is wrong becomes a problem of the row.
func (b *batch) complete(c *candidate, currency money.Currency, create bool, a *App) {
	if c.Currency == "" {
		c.Currency = currency
	}
	category, ok := b.categories[strings.ToLower(c.category)]
	switch {
	case !ok && c.category == "": // told already
		return
	case !ok && !create:
		b.problems.Add(c.row, "category", "there is no category %q", c.category)
		return
	case !ok:
		category = b.makeCategory(c.category)
	}
	c.CategoryID = category.ID
	if c.location != "" {
		b.locate(c, create)
	}
	registered, err := domain.Register(category.Defaults(c.Details, c.salvageGiven), a.now())
	if err != nil {
		blame(&b.problems, c.row, err)
		return
	}
	c.asset = registered
}

func (b *batch) makeCategory(name string) domain.Category {
	taken := map[string]bool{}
	for _, c := range b.categories {
		taken[c.Prefix] = true
	}
	category, err := domain.NewCategory(domain.Category{Name: name, Prefix: domain.PrefixFor(name, func(prefix string) bool { return taken[prefix] })})
	if err == nil {
		b.categories[strings.ToLower(name)] = category
		b.newCategories = append(b.newCategories, category)
	}
	return category
}

func (b *batch) locate(c *candidate, create bool) {
	if at, ok := b.tree.Find(c.location); ok {
		c.LocationID = at
		return
	}
	if !create {
		b.problems.Add(c.row, "location", "there is no location %q", c.location)
		return
	}
	at, made, err := b.tree.Grow(c.location)
	if err != nil {
		b.problems.Add(c.row, "location", "%q cannot be made a location", c.location)
		return
	}
	c.LocationID, b.newLocations = at, append(b.newLocations, made...)
}

// blameTaken tells which tags other assets have.
func (a *App) blameTaken(ctx context.Context, b *batch) error {
	var tags []string
	for _, c := range b.candidates {
		if c.Tag != "" {
			tags = append(tags, strings.ToLower(c.Tag))
		}
	}
	if len(tags) == 0 {
		return nil
	}
	taken, err := store.TakenTags(ctx, a.DB.Pool(), tags)
	if err != nil {
		return err
	}
	for _, c := range b.candidates {
		if taken[strings.ToLower(c.Tag)] {
			b.problems.Add(c.row, "tag", "another asset has the tag %s", c.Tag)
		}
	}
	return nil
}

func (b *batch) result() ImportReport {
	r := ImportReport{
		Rows: len(b.candidates), Problems: b.problems.List(), ProblemCount: b.problems.Count(), Ignored: b.ignored,
		NewCategories: []string{}, NewLocations: []string{}, Sample: []asset.Asset{},
	}
	for _, c := range b.newCategories {
		r.NewCategories = append(r.NewCategories, c.Name)
	}
	for _, l := range b.newLocations {
		r.NewLocations = append(r.NewLocations, b.tree.Path(l.ID))
	}
	slices.Sort(r.NewCategories)
	slices.Sort(r.NewLocations)
	for i := range b.candidates {
		if c := &b.candidates[i]; !c.asset.ID.IsZero() && len(r.Sample) < sampleSize {
			r.Sample = append(r.Sample, c.asset.View(b.categories[strings.ToLower(c.category)].Name, b.tree.Path(c.LocationID)))
		}
	}
	return r
}

func (a *App) insertBatch(ctx context.Context, tx *database.Tx, b *batch, result *ImportReport) error {
	for _, c := range b.newCategories {
		store.InsertCategory(tx, c)
	}
	for _, l := range b.newLocations {
		store.InsertLocation(tx, l)
	}
	who := actor(ctx)
	for i := range b.candidates {
		c := &b.candidates[i]
		line := store.Line{Kind: asset.LineRegistered, At: c.asset.CreatedAt, Actor: who, Note: "Imported"}
		store.Insert(tx, &c.asset, line)
		if err := events.Publish(tx, c.asset.ID.String(), registered(&c.asset)); err != nil {
			return err
		}
		view := c.asset.View(b.categories[strings.ToLower(c.category)].Name, b.tree.Path(c.LocationID))
		err := audit.Record(tx, audit.Entry{
			Action: "asset.import", Subject: "asset", SubjectID: view.ID.String(), Label: view.Label(), After: view,
		})
		if err != nil {
			return err
		}
		if i < len(result.Sample) {
			result.Sample[i] = view
		}
	}
	result.Created = len(b.candidates)
	return nil
}
