package embeddedpg

import (
	"context"
	"errors"
	"time"
)

// acquireInTurn waits for the lock, and tells who has it when the time is up.
func acquireInTurn(ctx context.Context, path string) (*lock, error) {
	for {
		held, err := acquire(path)
		if !errors.Is(err, errLocked) {
			return held, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(10 * time.Millisecond):
		}
	}
}
