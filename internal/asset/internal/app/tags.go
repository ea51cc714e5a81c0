package app

import (
	"context"
	"sync"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/database"
)

// tags gives numbers for labels. A counter that every registration locks until its commit would make them wait for each
// other's disk, so numbers are taken ahead: one at a time on a quiet day, more the faster they are used. What a stopped
// program has not used is a gap, and gaps are allowed.
type tags struct {
	db  *database.DB
	now func() time.Time

	mu     sync.Mutex
	blocks map[asset.CategoryID]*block
}

type block struct {
	mu          sync.Mutex
	prefix      string
	next, count int // numbers left
	size        int // of the block taken last
	taken       time.Time
}

const (
	largestBlock = 64
	busy         = 500 * time.Millisecond // a block used up within this was too small
)

func newTags(db *database.DB, now func() time.Time) *tags {
	return &tags{db: db, now: now, blocks: map[asset.CategoryID]*block{}}
}

// take is the next tag of the category.
func (t *tags) take(ctx context.Context, category asset.CategoryID) (string, error) {
	b := t.block(category)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.count == 0 {
		size := 1
		if b.size > 0 && t.now().Sub(b.taken).Abs() < busy {
			size = min(2*b.size, largestBlock)
		}
		prefix, first, err := store.TakeNumbers(ctx, t.db.Pool(), category, size)
		if err != nil {
			return "", err
		}
		b.prefix, b.next, b.count, b.size, b.taken = prefix, first, size, size, t.now()
	}
	tag := domain.Tag(b.prefix, b.next)
	b.next++
	b.count--
	return tag, nil
}

// skip forgets numbers taken ahead and moves on behind the highest typed tag of the category's prefix.
func (t *tags) skip(ctx context.Context, category asset.CategoryID) error {
	t.forget(category)
	return store.SkipNumbers(ctx, t.db.Pool(), category)
}

// forget drops numbers taken ahead, for a category whose prefix has changed.
func (t *tags) forget(category asset.CategoryID) {
	b := t.block(category)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count, b.size = 0, 0
}

func (t *tags) block(category asset.CategoryID) *block {
	t.mu.Lock()
	defer t.mu.Unlock()
	b, ok := t.blocks[category]
	if !ok {
		b = &block{}
		t.blocks[category] = b
	}
	return b
}
