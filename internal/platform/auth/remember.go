package auth

import (
	"sync"
	"time"

	"erp/internal/platform/database"
)

// rememberFor is how long a process goes by what it read about who asks. Whoever changes something of that waits as long
// before the change is answered: from the answer on, no process goes by what was before (docs/adr/0029).
const rememberFor = 100 * time.Millisecond

// whoMay is the setting by which triggers mark a transaction that changes what is remembered.
const whoMay = "erp.who_may"

// waitOut has every change in this schema of who may what wait until nothing older is remembered anywhere.
func waitOut(db *database.DB) {
	db.AfterMarked(whoMay, func() { time.Sleep(rememberFor + rememberFor/20) })
}

// memory keeps what secrets stood for, by their hash. It takes no clock: what a process remembers is no matter of the time of day.
type memory[V any] struct {
	mu    sync.RWMutex
	all   map[secretHash]remembered[V]
	began time.Time
}

type secretHash [32]byte

type remembered[V any] struct {
	value V
	asked time.Time
}

func (m *memory[V]) get(hash secretHash) (value V, ok bool) {
	m.mu.RLock()
	one, ok := m.all[hash]
	m.mu.RUnlock()
	if !ok || !fresh(one.asked) {
		return value, false
	}
	return one.value, true
}

// put remembers what a question found that was asked at that moment, before it was sent.
func (m *memory[V]) put(hash secretHash, value V, asked time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !fresh(m.began) { // forget all of it: no more is kept than was asked for in twice the time
		m.all, m.began = map[secretHash]remembered[V]{}, time.Now()
	}
	m.all[hash] = remembered[V]{value, asked}
}

// fresh goes by two clocks: the one that never jumps stands still while the machine sleeps, the other one does not.
func fresh(since time.Time) bool {
	now := time.Now()
	return now.Sub(since) < rememberFor && now.Round(0).Sub(since.Round(0)) < rememberFor
}
