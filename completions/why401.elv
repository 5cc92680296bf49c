
use builtin;
use str;

set edit:completion:arg-completer[why401] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'why401'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'why401'= {
            cand --service-url 'The URL of the service that was called (read from a transcript when left out)'
            cand --response 'What came back: headers, body or log line, in any mix'
            cand --status 'The HTTP status that came back'
            cand --caller 'Who made the call'
            cand --custom-audience 'An audience the service accepts besides its own URLs (may be repeated)'
            cand --service 'The service''s name, where the URL does not tell it'
            cand --region 'The service''s region, where the URL does not tell it'
            cand --project 'The project''s id, which no run.app URL tells'
            cand --now 'Judge at this moment, in seconds since 1970 (UTC), instead of now'
            cand --pick 'Judge the credential with this number, when several were pasted (1 is the first)'
            cand --evidence 'A file with what read-only commands printed, as if pasted after it (may be repeated)'
            cand --language 'The language of the fixes, where there are several (guessed from the paste when left out)'
            cand --full 'Print everything: other possibilities, checks passed, what was read'
            cand --json 'Print the report as JSON (version 2)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand collect 'Print one read-only command whose output proves the verdict: run it, then paste what it prints'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'why401;collect'= {
            cand --service-url 'The URL of the service that was called'
            cand --caller 'Who made the call'
            cand --service 'The service''s name, where the URL does not tell it'
            cand --region 'The service''s region, where the URL does not tell it'
            cand --project 'The project''s id'
            cand --language 'The shell that runs it'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'why401;help'= {
            cand collect 'Print one read-only command whose output proves the verdict: run it, then paste what it prints'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'why401;help;collect'= {
        }
        &'why401;help;help'= {
        }
    ]
    $completions[$command]
}
