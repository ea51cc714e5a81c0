// Package gather reads once for everybody who asks at the same time.
package gather

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Reads answers questions by reads that several questions share. One that finds a read under way waits for the next, which
// reads for everybody who waits. No read serves a question that came after it began, so that an answer is as new as if
// each had asked alone. It keeps nothing.
type Reads[K comparable, V any] struct {
	read    func(ctx context.Context, keys []K) (map[K]V, error)
	limit   time.Duration
	apart   time.Duration
	began   time.Time // the last read; only whoever serves uses it
	mu      sync.Mutex
	waiting []*question[K, V]
	running bool
}

type question[K comparable, V any] struct {
	key   K
	value V
	known bool
	err   error
	done  chan struct{}
}

// New returns reads by a function, which gets each key once and leaves out what there is not. Its context belongs to none
// of those who ask, so that none can end it for the others, and carries nobody's identity: who asks has to be admitted
// before. It ends after limit.
func New[K comparable, V any](limit time.Duration, read func(ctx context.Context, keys []K) (map[K]V, error)) *Reads[K, V] {
	return &Reads[K, V]{read: read, limit: limit}
}

// Each returns reads by a function of one key, for questions that are nearly always the same. They begin apart from each
// other, so that what they cost does not grow with how many ask; a question after a quiet moment does not wait.
func Each[K comparable, V any](limit, apart time.Duration, read func(ctx context.Context, key K) (V, error)) *Reads[K, V] {
	r := New(limit, func(ctx context.Context, keys []K) (map[K]V, error) {
		values := make(map[K]V, len(keys))
		for _, key := range keys {
			value, err := read(ctx, key)
			if err != nil {
				return nil, err
			}
			values[key] = value
		}
		return values, nil
	})
	r.apart = apart
	return r
}

// Ask reads the value of the key; known is false when there is none. Several may get the same value: nobody changes it.
func (r *Reads[K, V]) Ask(ctx context.Context, key K) (value V, known bool, err error) {
	one := &question[K, V]{key: key, done: make(chan struct{})}
	r.mu.Lock()
	r.waiting = append(r.waiting, one)
	first := !r.running
	r.running = true
	r.mu.Unlock()
	if first {
		go r.serve()
	}
	select {
	case <-one.done:
		return one.value, one.known, one.err
	case <-ctx.Done():
		return value, false, ctx.Err()
	}
}

// serve reads for groups until nobody waits.
func (r *Reads[K, V]) serve() {
	for r.wanted() {
		if r.apart > 0 {
			time.Sleep(r.apart - time.Since(r.began)) // whoever comes meanwhile belongs to this read
			r.began = time.Now()
		}
		r.mu.Lock()
		group := r.waiting
		r.waiting = nil
		r.mu.Unlock()
		r.answer(group)
	}
}

func (r *Reads[K, V]) wanted() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.running = len(r.waiting) > 0
	return r.running
}

func (r *Reads[K, V]) answer(group []*question[K, V]) {
	keys := make([]K, 0, len(group))
	asked := make(map[K]bool, len(group))
	for _, one := range group {
		if !asked[one.key] {
			asked[one.key] = true
			keys = append(keys, one.key)
		}
	}
	values, err := r.readAll(keys)
	for _, one := range group {
		one.value, one.known = values[one.key]
		one.err = err
		close(one.done)
	}
}

// readAll turns a panic into an error of those who wait: nobody else stands above it who could.
func (r *Reads[K, V]) readAll(keys []K) (values map[K]V, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), r.limit)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			values, err = nil, fmt.Errorf("panic in a shared read: %v\n%s", p, debug.Stack())
		}
	}()
	return r.read(ctx, keys)
}
