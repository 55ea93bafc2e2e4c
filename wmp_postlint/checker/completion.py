"""Completion of the command line in bash, zsh and fish, as a script that is made of the parsers themselves.

Our own, since none of the packages that do it fits: argcomplete starts Python at each key, which takes longer than a
person waits for a completion, and shtab knows no fish. The script holds all words; it is made anew after an update.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence

from wmp_postlint.lazy import Record

FILES = "\0"  # stands for the names of files


class Option(Record):
    """An option of a command: its names, its help, and what may follow it (None where nothing does)."""

    names: tuple[str, ...]
    help: str
    values: tuple[str, ...] | None


class Level(Record):
    """What can be typed behind some words: commands with their help, options, and values (``FILES`` for any file)."""

    words: tuple[str, ...]
    commands: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    values: tuple[str, ...]


def levels(
    parser: argparse.ArgumentParser, values: Mapping[str, Sequence[str]], words: tuple[str, ...] = ()
) -> Iterator[Level]:
    """Yield what a parser and those of its commands take, the parser itself first.

    Args:
        parser: a parser whose commands all say what they take.
        values: what may stand for a metavar, such as ``{"FORMAT": ["full", "json"]}``.
        words: the words that lead to it.
    """
    commands: list[tuple[str, str]] = []
    below: list[tuple[str, argparse.ArgumentParser]] = []
    options: list[Option] = []
    given: list[str] = []
    for action in parser._actions:  # argparse has no other way to see them
        if isinstance(action, argparse._SubParsersAction):
            commands += [(choice.dest, choice.help or "") for choice in action._choices_actions]
            below += action.choices.items()
        elif action.option_strings:
            takes = None if action.nargs == 0 else _values(action, values)
            options.append(Option(tuple(action.option_strings), action.help or "", takes))
        else:
            given += [value for value in _values(action, values) if value not in given]
    yield Level(words, tuple(commands), tuple(options), tuple(given))
    for name, command in below:
        yield from levels(command, values, (*words, name))


def _values(action: argparse.Action, values: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if action.choices is not None:
        return tuple(map(str, action.choices))
    named = action.metavar if isinstance(action.metavar, str) else ""
    known = tuple(values.get(named, ()))
    return (*known, FILES) if any(word in named for word in ("FILE", "PATH", "POST")) else known


def bash(every: Sequence[Level]) -> str:
    """Return the script for bash."""
    lines = [
        '# bash completion for postlint; put it into ~/.bashrc: eval "$(postlint completion bash)"',
        "_postlint() {",
        '    local word at=\'\' current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" files= words=',
        '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'        case "$at/$word" in {"|".join(_paths(every))}) at="$at/$word";; esac',
        "    done",
        '    case "$at $before" in',
    ]
    for level in every:
        for option in level.options:
            if option.values is not None:
                cases = "|".join(f"{_quoted(f'{_path(level)} {name}')}" for name in option.names)
                lines.append(f"        {cases}) {_bash_words(option.values)};;")
    lines += ['        *) case "$at" in']
    for level in every:
        names = [name for name, _ in level.commands]
        names += [name for option in level.options for name in option.names if name.startswith("--")]
        plain = [value for value in level.values if value != FILES]
        shown = _bash_words([*names, *plain, *([FILES] if FILES in level.values else [])])
        lines.append(f"            {_quoted(_path(level))}) {shown};;")
    lines += [
        "        esac;;",
        "    esac",
        '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
        '    [ -n "$files" ] && [[ $current != -* ]] && COMPREPLY+=($(compgen -f -- "$current"))',
        "}",
        "complete -o filenames -F _postlint postlint",
    ]
    return "\n".join(lines) + "\n"


def _bash_words(values: Sequence[str]) -> str:
    words = f"words={_quoted(' '.join(value for value in values if value != FILES))}"
    return f"{words} files=1" if FILES in values else words


def zsh(every: Sequence[Level]) -> str:
    """Return the script for zsh."""
    lines = [
        "#compdef postlint",
        '# zsh completion for postlint; put it into ~/.zshrc behind compinit: eval "$(postlint completion zsh)"',
        "_postlint() {",
        "    local word at='' before=\"${words[CURRENT-1]}\"",
        "    local -a found",
        '    for word in "${(@)words[2,CURRENT-1]}"; do',
        f'        case "$at/$word" in {"|".join(_paths(every))}) at="$at/$word";; esac',
        "    done",
        '    case "$at $before" in',
    ]
    for level in every:
        for option in level.options:
            if option.values is not None:
                cases = "|".join(_quoted(f"{_path(level)} {name}") for name in option.names)
                lines.append(f"        {cases}) {_zsh_words([(value, '') for value in option.values])}; return;;")
    lines += ["    esac", '    case "$at" in']
    for level in every:
        shown = [*level.commands, *((value, "") for value in level.values)]
        shown += [(name, option.help) for option in level.options for name in option.names]
        lines.append(f"        {_quoted(_path(level))}) {_zsh_words(shown)};;")
    lines += [
        "    esac",
        "}",
        'if [ "${funcstack[1]}" = _postlint ]; then _postlint "$@"; else compdef _postlint postlint; fi',
    ]
    return "\n".join(lines) + "\n"


def _zsh_words(shown: Sequence[tuple[str, str]]) -> str:
    pairs = [
        f"{word.replace(':', chr(92) + ':')}:{_line(words)}" if words else word.replace(":", chr(92) + ":")
        for word, words in shown
        if word != FILES
    ]
    parts = [f"found=({' '.join(map(_quoted, pairs))}); _describe -t words word found"] if pairs else []
    parts += ["_files"] if any(word == FILES for word, _ in shown) else []
    return "; ".join(parts) or ":"


def fish(every: Sequence[Level]) -> str:
    """Return the script for fish."""
    lines = [
        "# fish completion for postlint; save it: postlint completion fish > ~/.config/fish/completions/postlint.fish",
        "function __postlint_at",
        "    set -l at ''",
        "    for word in (commandline -opc)[2..-1]",
        '        switch "$at/$word"',
        f"            case {' '.join(_paths(every))}",
        '                set at "$at/$word"',
        "        end",
        "    end",
        '    test "$at" = "$argv[1]"',
        "end",
        "complete -c postlint -f",
    ]
    for level in every:
        head = f"complete -c postlint -n {_fish(f'__postlint_at {_fish(_path(level))}')}"
        for name, words in level.commands:
            lines.append(f"{head} -a {_fish(name)} -d {_fish(_line(words))}")
        if plain := [value for value in level.values if value != FILES]:
            lines.append(f"{head} -a {_fish(' '.join(plain))}")
        if FILES in level.values:
            # Forced, files would be offered for the value of every option too.
            others = [
                name
                for option in level.options
                if option.values and FILES not in option.values
                for name in option.names
            ]
            last = f"; and not contains -- (commandline -opc)[-1] {' '.join(others)}" if others else ""
            lines.append(f"complete -c postlint -n {_fish(f'__postlint_at {_fish(_path(level))}{last}')} -F")
        for option in level.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            line = f"{head} {names} -d {_fish(_line(option.help))}"
            if option.values is not None:
                plain = [value for value in option.values if value != FILES]
                line += " -r -F" if FILES in option.values else " -x"
                line += f" -a {_fish(' '.join(plain))}" if plain else ""
            lines.append(line)
    return "\n".join(lines) + "\n"


SHELLS: dict[str, Callable[[Sequence[Level]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}


def _path(level: Level) -> str:
    return "".join(f"/{word}" for word in level.words)


def _paths(every: Sequence[Level]) -> list[str]:
    return [_path(level) for level in every if level.words]


def _line(words: str) -> str:
    return " ".join(words.split()).replace("%%", "%")


def _quoted(words: str) -> str:
    """Quote for bash and zsh."""
    return "'" + words.replace("'", "'\\''") + "'"


def _fish(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
