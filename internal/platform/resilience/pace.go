package resilience

import (
	"sync"
	"time"
)

// Pace is how long a peer takes to answer, or to be given up. The zero is a peer that was not asked yet.
type Pace struct {
	Usual time.Duration // a moving figure in which the last dozen calls count most
	Last  time.Duration
	At    time.Time // of the last call's end
}

// weight is how much one call counts in the moving figure.
const weight = 0.15

type pace struct {
	mu  sync.Mutex
	now Pace
}

// clock begins to measure a call, and answers what ends it.
func (p *pace) clock() (stop func()) {
	began := time.Now()
	return func() {
		took := time.Since(began)
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.now.At.IsZero() {
			p.now.Usual = took
		}
		p.now.Usual += time.Duration(weight * float64(took-p.now.Usual))
		p.now.Last, p.now.At = took, began.Add(took)
	}
}

// Pace is how long the peer takes, over all calls of this process.
func (p *Peer) Pace() Pace {
	p.pace.mu.Lock()
	defer p.pace.mu.Unlock()
	return p.pace.now
}
