package app

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/peers"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// demoChunk is how many assets are sent at once.
const demoChunk = 5_000

// LoadDemo fills an empty register with n assets, held by these people in the past and today. The same seed and people
// give the same assets, ids included; only the dates follow the calendar. progress, if given, hears how many are done.
func (a *App) LoadDemo(ctx context.Context, n int, seed int64, people []employee.ID, progress func(done int)) ([]asset.ID, error) {
	holders, err := a.People.Careers(ctx, people)
	if err != nil {
		return nil, err
	}
	currency, err := a.Company.Currency(ctx)
	if err != nil {
		return nil, err
	}
	today, err := a.Company.Today(ctx)
	if err != nil {
		return nil, err
	}
	var ids []asset.ID
	err = a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if there, err := store.Inhabited(ctx, tx.Conn()); err != nil || there {
			return cmp.Or[error](err, fault.New(fault.Conflict, "not-empty", "The register has assets already; sample assets fit into an empty one only."))
		}
		d := newDemo(n, seed, today, currency, holders)
		if err := d.setUp(ctx, tx); err != nil {
			return err
		}
		ids = make([]asset.ID, 0, n)
		for len(ids) < n {
			for range min(demoChunk, n-len(ids)) {
				ids = append(ids, d.asset())
			}
			if err := d.load.Flush(ctx, tx); err != nil {
				return err
			}
			if progress != nil {
				progress(len(ids))
			}
		}
		store.CountAll(tx)
		return audit.Record(tx, audit.Entry{Action: "asset.load-sample", Subject: "asset", Label: fmt.Sprintf("%d assets", n)})
	})
	return ids, err
}

// demo makes up a register.
type demo struct {
	rand       *rand.Rand
	today      date.Date
	currency   money.Currency
	people     []peers.Career
	categories []domain.Category
	numbers    []int // how many of each category were made
	shares     []int // of n, by category
	places     []domain.Location
	load       store.Load
}

func newDemo(n int, seed int64, today date.Date, currency money.Currency, people []peers.Career) *demo {
	d := &demo{
		rand:  rand.New(rand.NewPCG(uint64(seed), 0xa55e7)), //nolint:gosec // because sample data is no secret
		today: today, currency: currency, people: people, numbers: make([]int, len(demoKinds)),
	}
	left := n
	for _, kind := range demoKinds {
		d.categories = append(d.categories, domain.Category{
			ID: newID[asset.Category](d, d.noon(today.AddMonths(-72))), Name: kind.name, Prefix: kind.prefix, Method: kind.method,
			Convention: asset.FullMonth, LifeMonths: kind.life, SalvagePercent: money.MustParse(kind.salvage), Version: 1,
		})
		d.shares = append(d.shares, n*kind.share/100)
		left -= n * kind.share / 100
	}
	d.shares[0] += left
	for _, site := range demoPlaces {
		root := domain.Location{ID: newID[asset.Location](d, d.noon(today.AddMonths(-72))), Name: site.site, Version: 1}
		d.places = append(d.places, root)
		for _, room := range site.rooms {
			d.places = append(d.places, domain.Location{ID: newID[asset.Location](d, d.noon(today.AddMonths(-72))), Name: room, ParentID: root.ID, Version: 1})
		}
	}
	return d
}

// setUp writes categories, whose numbers are known beforehand, and places.
func (d *demo) setUp(ctx context.Context, tx *database.Tx) error {
	for i, c := range d.categories {
		c.LastNumber = d.shares[i]
		d.categories[i] = c
	}
	return store.SetUp(ctx, tx, d.categories, d.places)
}

// newID is a time-ordered id that the seed decides.
func newID[T any](d *demo, at time.Time) id.Of[T] {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16|uint64(d.rand.UintN(1<<12))) //nolint:gosec // because instants are after 1970
	binary.BigEndian.PutUint64(b[8:], d.rand.Uint64())
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return id.Of[T](b)
}

func (d *demo) noon(day date.Date) time.Time {
	return day.Time().Add(time.Duration(8+d.rand.IntN(9))*time.Hour + time.Duration(d.rand.IntN(3600))*time.Second)
}

func (d *demo) between(low, high int) int { return low + d.rand.IntN(high-low+1) }

// serial is a maker's number without letters that are taken for digits.
func (d *demo) serial() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	var b strings.Builder
	for range 9 {
		b.WriteByte(letters[d.rand.IntN(len(letters))])
	}
	return b.String()
}
