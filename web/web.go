// Package web serves the browser application that is built into the binary. It knows files, not business: everything
// below /api belongs to others.
package web

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var built embed.FS

// Handler serves the embedded application for every path outside /api. Without a build (a plain `go build`) it answers
// each page with one that says how to make it.
func Handler() http.Handler {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		return placeholder("the embedded files cannot be read: " + err.Error())
	}
	site, err := newSite(dist)
	if err != nil {
		return placeholder("the browser application is not part of this binary")
	}
	return site
}
