// gofeed FILE...: reads each file with mmcdole/gofeed, as Debian has it, and counts the entries.
package main

import (
	"fmt"
	"os"

	"github.com/mmcdole/gofeed"
)

func main() {
	entries := 0
	for _, path := range os.Args[1:] {
		file, err := os.Open(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(66)
		}
		feed, err := gofeed.NewParser().Parse(file)
		file.Close()
		if err != nil {
			fmt.Fprintln(os.Stderr, path, err)
			os.Exit(65)
		}
		entries += len(feed.Items)
	}
	fmt.Println(entries)
}
