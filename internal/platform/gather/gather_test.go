package gather_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/gather"
)

func TestWhoAsksAtTheSameTimeSharesARead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reads [][]int
		names := gather.New(time.Minute, func(_ context.Context, keys []int) (map[int]string, error) {
			reads = append(reads, slices.Sorted(slices.Values(keys)))
			time.Sleep(time.Second)
			found := map[int]string{}
			for _, key := range keys {
				if key < 10 {
					found[key] = strconv.Itoa(key)
				}
			}
			return found, nil
		})
		var all sync.WaitGroup
		for _, key := range []int{1, 2, 3, 2, 99} {
			all.Go(func() {
				value, known, err := names.Ask(t.Context(), key)
				noError(t, err)
				assert.Equal(t, key < 10, known)
				if known {
					assert.Equal(t, strconv.Itoa(key), value)
				}
			})
			synctest.Wait() // the first is read alone, while the others wait for the next read
		}
		all.Wait()
		assert.Equal(t, [][]int{{1}, {2, 3, 99}}, reads)
	})
}

func TestAnAnswerIsNeverOlderThanItsQuestion(t *testing.T) {
	var stand atomic.Int64
	reads := gather.New(time.Minute, func(context.Context, []struct{}) (map[struct{}]int64, error) {
		return map[struct{}]int64{{}: stand.Load()}, nil
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 2000 {
				least := stand.Add(1)
				value, _, err := reads.Ask(t.Context(), struct{}{})
				noError(t, err)
				assert.GreaterOrEqual(t, value, least)
			}
		})
	}
	all.Wait()
}

func TestAReadThatFailsFailsForItsGroupOnly(t *testing.T) {
	fail := errors.New("the server is away")
	var next error
	reads := gather.New(time.Minute, func(context.Context, []int) (map[int]int, error) {
		if next == nil {
			panic("a mistake")
		}
		return map[int]int{}, next
	})
	_, _, err := reads.Ask(t.Context(), 1)
	require.ErrorContains(t, err, "a mistake")
	next = fail
	_, _, err = reads.Ask(t.Context(), 1)
	require.ErrorIs(t, err, fail)
}

func TestReadsAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var began []time.Duration
		start := time.Now()
		reads := gather.Each(time.Minute, 10*time.Millisecond, func(context.Context, int) (int, error) {
			began = append(began, time.Since(start))
			return 0, nil
		})
		ask := func() {
			_, _, err := reads.Ask(t.Context(), 1)
			noError(t, err)
		}
		time.Sleep(time.Second)
		var all sync.WaitGroup
		for range 20 { // every 3 ms
			all.Go(ask)
			time.Sleep(3 * time.Millisecond)
		}
		all.Wait()
		assert.Equal(t, time.Second, began[0], "the first does not wait")
		assert.Len(t, began, 7)
		for i := range began[1:] {
			assert.GreaterOrEqual(t, began[i+1]-began[i], 10*time.Millisecond)
		}
	})
}

func TestWhoLeavesEndsNoReadOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reads := gather.New(time.Minute, func(ctx context.Context, _ []int) (map[int]int, error) {
			time.Sleep(time.Second)
			return map[int]int{1: 1}, ctx.Err()
		})
		leaving, leave := context.WithCancel(t.Context())
		go func() {
			_, _, err := reads.Ask(leaving, 1)
			assert.ErrorIs(t, err, context.Canceled)
		}()
		synctest.Wait()
		var staying sync.WaitGroup
		staying.Go(func() {
			_, known, err := reads.Ask(t.Context(), 1)
			noError(t, err)
			assert.True(t, known)
		})
		synctest.Wait()
		leave()
		staying.Wait()
	})
}

// noError may be called where a test cannot be ended.
func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("it failed: %v", err)
	}
}
