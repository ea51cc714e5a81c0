package main

import (
	"time"

	"erp/internal/platform/health"
	"erp/internal/platform/resilience"
)

// watch shows how the peers of a module are, in /readyz and /metrics. A peer that does not answer makes nobody unready.
func (h *house) watch(name string, peers []*resilience.Peer) {
	for _, peer := range peers {
		h.health.Peer(name+": "+peer.Name(), func() health.Peer {
			pace := peer.Pace()
			return health.Peer{State: peer.State(), Milliseconds: milliseconds(pace.Usual), LastMilliseconds: milliseconds(pace.Last), LastAt: pace.At}
		})
		h.metrics.Gauge("erp_peer_seconds", "How long a peer takes to answer, a moving figure.",
			map[string]string{"module": name, "peer": peer.Name()}, func() float64 { return peer.Pace().Usual.Seconds() })
		h.metrics.Gauge("erp_peer_open", "1 while calls to a peer are refused because it kept failing.",
			map[string]string{"module": name, "peer": peer.Name()}, func() float64 {
				if peer.Open() {
					return 1
				}
				return 0
			})
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
