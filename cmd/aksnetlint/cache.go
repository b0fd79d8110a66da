package main

import (
	"os"
	"path/filepath"
)

// cacheVariable names the folder of the cache; off asks for none.
const cacheVariable = "AKSNETLINT_CACHE"

// cacheFolder is where compiled rules are kept between runs, "" for nowhere.
func cacheFolder() string {
	switch folder := os.Getenv(cacheVariable); folder {
	case "off":
		return ""
	case "":
	default:
		return folder
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "aksnetlint")
}
