package embeddedpg

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// longest is what the address of a unix socket may measure, on the strictest system, its own name included.
const longest = 103

// socketFolder creates the folder of the socket, which only the server's account may enter: in the data folder, or when
// that path is too long or closed to the account, in the machine's folder for temporary files.
func (c *cluster) socketFolder() (string, error) {
	folder := filepath.Join(c.home, "run")
	if c.handed || len(filepath.Join(folder, ".s.PGSQL.5432")) > longest || strings.ContainsAny(folder, `,"\`) {
		sum := sha256.Sum256([]byte(c.home))
		folder = filepath.Join(c.shortTemp(), "erp-"+hex.EncodeToString(sum[:6]))
	}
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("create socket folder: %w", err)
	}
	info, err := os.Lstat(folder)
	if err != nil {
		return "", fmt.Errorf("socket folder: %w", err)
	}
	if !info.IsDir() || !c.account.mayHave(info) {
		return "", fmt.Errorf("%s stands where the folder of the database socket must be, and belongs to somebody else; "+
			"remove it", folder)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return "", fmt.Errorf("socket folder: %w", err)
	}
	if err := c.account.own(folder); err != nil {
		return "", fmt.Errorf("give the socket folder to user %s: %w", c.account.name, err)
	}
	return folder, nil
}

func (c *cluster) shortTemp() string {
	temp := os.TempDir()
	if closed, err := c.account.cannotReach(temp); err == nil && !closed && len(temp) < longest-40 {
		return temp
	}
	return "/tmp"
}

// loadPassword reads the superuser's password, and makes one for a cluster yet to be created.
func loadPassword(path string, exists bool) (string, error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		return strings.TrimSpace(string(raw)), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read database password: %w", err)
	}
	if exists {
		return "", fmt.Errorf("the file %s with the database's password is missing; bring it back from the copy that the "+
			"data folder came from", path)
	}
	password := rand.Text()
	if err := writeDurably(path, password); err != nil {
		return "", fmt.Errorf("keep database password: %w", err)
	}
	return password, nil
}

// writeDurably leaves the whole file or none, even when the power goes.
func writeDurably(path, content string) error {
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
