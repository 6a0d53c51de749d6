package web

// This file knows the users of --auth FILE: one a line, NAME:HASH, with hashes of
// bcrypt, as `mingxi serve --new-password NAME` and `htpasswd -B` make them. A browser
// sends the password with each request; that it was right is kept under a keyed hash,
// so that bcrypt, which is slow on purpose, is asked once. Few are asked at a time.

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// Users are those who may look.
type Users struct {
	hashes map[string][]byte
	nobody []byte // a hash that no password has, for names that are not known
	key    []byte
	asking gate
	mu     sync.Mutex
	known  map[[sha256.Size]byte]bool
}

// cost is that of bcrypt.
const cost = 12

// mostKnown bounds what is kept of passwords that were right.
const mostKnown = 1000

// ParseUsers reads a file of users.
func ParseUsers(name, text string) (*Users, error) {
	u := &Users{hashes: map[string][]byte{}, key: make([]byte, 32), asking: make(gate, 2), known: map[[sha256.Size]byte]bool{}}
	if _, err := rand.Read(u.key); err != nil {
		return nil, err
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		user, hash, ok := strings.Cut(line, ":")
		if _, err := bcrypt.Cost([]byte(hash)); !ok || user == "" || tooLong(user, mostAuthor) || err != nil {
			return nil, fmt.Errorf("%s:%d: want NAME:HASH with a hash of bcrypt", name, n)
		}
		if u.hashes[user] != nil {
			return nil, fmt.Errorf("%s:%d: %s is there before", name, n, user)
		}
		u.hashes[user] = []byte(hash)
	}
	if len(u.hashes) == 0 {
		return nil, fmt.Errorf("%s: no users in it", name)
	}
	nobody := make([]byte, 16)
	if _, err := rand.Read(nobody); err != nil {
		return nil, err
	}
	var err error
	u.nobody, err = bcrypt.GenerateFromPassword(nobody, cost)
	return u, err
}

// Line is a line of such a file.
func Line(user, password string) (string, error) {
	if user == "" || strings.ContainsAny(user, ":\n\r") || tooLong(user, mostAuthor) || len(password) < 8 {
		return "", fmt.Errorf("want a name without colons and a password of at least 8 characters")
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), cost)
	return user + ":" + string(hash), err
}

// who is the user of a request; ok is false if it names none, or the wrong password.
func (u *Users) who(r *http.Request) (user string, ok bool) {
	user, password, ok := r.BasicAuth()
	if !ok {
		return "", false
	}
	mac := hmac.New(sha256.New, u.key)
	mac.Write([]byte(user + "\x00" + password))
	var key [sha256.Size]byte
	mac.Sum(key[:0])
	u.mu.Lock()
	ok = u.known[key]
	u.mu.Unlock()
	if ok {
		return user, true
	}
	if !u.right(r.Context(), user, password) {
		return "", false
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.known) >= mostKnown {
		clear(u.known)
	}
	u.known[key] = true
	return user, true
}

// right asks bcrypt. A name that is not known takes as long as one that is.
func (u *Users) right(ctx context.Context, user, password string) bool {
	leave, err := u.asking.enter(ctx)
	if err != nil {
		return false
	}
	defer leave()
	hash, known := u.hashes[user]
	if !known {
		hash = u.nobody
	}
	return bcrypt.CompareHashAndPassword(hash, []byte(password)) == nil && known
}
