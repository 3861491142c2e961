// A session kept with golang.org/x/oauth2 and a file: its TokenSource refreshes an expired token by itself, and
// whoever wants to keep what it returns has to store it, since the library calls nobody back.
//
//	./client sign-in   signs in
//	./client           prints an access token
package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/oauth2"
)

var file = filepath.Join(os.Getenv("TORTURE_DIR"), "session.json")

var config = &oauth2.Config{
	ClientID:     os.Getenv("EPROSPERA_CLIENT_ID"),
	ClientSecret: os.Getenv("EPROSPERA_CLIENT_SECRET"),
	RedirectURL:  strings.Split(os.Getenv("EPROSPERA_REDIRECT_URI"), " ")[0],
	Scopes:       []string{"openid", "email", "profile", "offline_access"},
	Endpoint: oauth2.Endpoint{
		AuthURL:  os.Getenv("EPROSPERA_ISSUER") + "/api/oauth/authorize",
		TokenURL: os.Getenv("EPROSPERA_ISSUER") + "/api/oauth/token",
	},
}

func main() {
	var token *oauth2.Token
	var err error
	if len(os.Args) > 1 && os.Args[1] == "sign-in" {
		token, err = signIn()
	} else {
		token, err = use()
	}
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) == 1 {
		fmt.Println(token.AccessToken)
	}
}

func use() (*oauth2.Token, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	stored := new(oauth2.Token)
	if err := json.Unmarshal(text, stored); err != nil {
		return nil, err
	}
	token, err := config.TokenSource(context.Background(), stored).Token()
	if err != nil || token.AccessToken == stored.AccessToken {
		return token, err
	}
	return token, save(token)
}

func save(token *oauth2.Token) error {
	text, err := json.Marshal(token)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

func signIn() (*oauth2.Token, error) {
	verifier, state := random(), random()
	hash := sha256.Sum256([]byte(verifier))
	address := config.AuthCodeURL(state,
		oauth2.SetAuthURLParam("nonce", random()),
		oauth2.SetAuthURLParam("code_challenge", base64.RawURLEncoding.EncodeToString(hash[:])),
		oauth2.SetAuthURLParam("code_challenge_method", "S256"))
	// The sandbox approves by itself and sends the browser straight back.
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	callback, err := url.Parse(response.Header.Get("Location"))
	if err != nil {
		return nil, err
	}
	if callback.Query().Get("state") != state {
		return nil, errors.New("another state came back")
	}
	token, err := config.Exchange(context.Background(), callback.Query().Get("code"),
		oauth2.SetAuthURLParam("code_verifier", verifier))
	if err != nil {
		return nil, err
	}
	return token, save(token)
}

func random() string {
	bytes := make([]byte, 32)
	if _, err := rand.Read(bytes); err != nil {
		log.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}
