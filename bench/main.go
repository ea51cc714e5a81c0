// Command bench measures the program against a bare baseline in the same run: net/http and pgx with the same SQL, the
// same event row and the same audit row. It reports ratios of CPU seconds, which are steady where seconds are not.
// It knows the program by its HTTP interface and its tables only.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 3 && os.Args[1] == "baseline" {
		return serveBaseline(ctx, os.Args[2], os.Getenv("BENCH_DATABASE_URL"))
	}
	out := flag.String("out", "", "file for the results, besides the terminal")
	program := flag.String("program", "bin/erp", "the program to measure")
	only := flag.String("only", "", "measure scenarios whose name contains this")
	sizes := flag.String("sizes", "hundredth,full", "sizes of the company to measure: hundredth, full")
	verbose := flag.Bool("v", false, "show the statements of each scenario")
	flag.Parse()

	var report report
	for name := range strings.SplitSeq(*sizes, ",") {
		size, ok := companies[name]
		if !ok {
			return fmt.Errorf("there is no company of size %q", name)
		}
		results, err := measureAt(ctx, *program, size, *only, *verbose)
		if err != nil {
			return fmt.Errorf("%s: %w", size.name, err)
		}
		report.sizes = append(report.sizes, results)
	}
	text := report.markdown()
	fmt.Print("\n", text)
	if *out == "" {
		return nil
	}
	return os.WriteFile(*out, []byte(text), 0o644) //nolint:gosec // because the results are for everybody
}

// measureAt fills a company of one size and runs every scenario against both programs.
func measureAt(ctx context.Context, program string, size company, only string, verbose bool) (sized, error) {
	results := sized{company: size}
	w, err := newWorld(ctx, program, size)
	if err != nil {
		return results, err
	}
	defer w.close()
	w.verbose = verbose
	results.idleMemory = w.product.memory("VmRSS:")
	for _, s := range scenarios(w) {
		if !strings.Contains(s.name, only) {
			continue
		}
		fmt.Printf("%-44s", s.name)
		r, err := w.measure(ctx, s)
		if err != nil {
			return results, fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Println(r.line())
		results.results = append(results.results, r)
	}
	results.peakMemory = w.product.memory("VmHWM:")
	return results, nil
}
