package peers

import (
	"sync"

	"erp/internal/employee"
)

// remembered is how many names are kept.
const remembered = 10_000

// heard are the names last heard, shown while the directory does not answer.
type heard struct {
	mu    sync.Mutex
	names map[employee.ID]string
}

// update keeps what was answered to the question for ids, and forgets whom nobody knows any more.
func (h *heard) update(ids []employee.ID, names map[employee.ID]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.names == nil || len(h.names)+len(names) > remembered {
		h.names = map[employee.ID]string{}
	}
	for _, one := range ids {
		if name, known := names[one]; known {
			h.names[one] = name
		} else {
			delete(h.names, one)
		}
	}
}

func (h *heard) recall(ids []employee.ID) map[employee.ID]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	names := make(map[employee.ID]string, len(ids))
	for _, one := range ids {
		if name, known := h.names[one]; known {
			names[one] = name
		}
	}
	return names
}
