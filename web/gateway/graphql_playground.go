package gateway

import (
	"embed"

	"erp/internal/platform/httpapi"
)

//go:embed graphql/playground.html graphql/playground.js graphql/playground.css
var playground embed.FS

// servePlayground serves the page on which queries are tried. It needs no network but this server.
func servePlayground(api *httpapi.API) {
	const at = "/api/graphql/playground"
	for path, file := range map[string][2]string{
		at:          {"graphql/playground.html", "text/html; charset=utf-8"},
		at + ".js":  {"graphql/playground.js", "text/javascript; charset=utf-8"},
		at + ".css": {"graphql/playground.css", "text/css; charset=utf-8"},
	} {
		content, err := playground.ReadFile(file[0])
		if err != nil { // it is embedded, so this is a mistake in the program
			panic(err)
		}
		api.Page(path, file[1], content)
	}
}
