"""Teaching a shell to ask: what bash, zsh and fish have to read, and where each finds it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from readlist.errors import ReadlistError

_BASH = r"""
_rl_completion() {
    local reply line
    COMPREPLY=()
    if ! reply=$(COMP_LINE=${COMP_LINE:0:COMP_POINT} COMP_TYPE=$COMP_TYPE COMP_WORDBREAKS=$COMP_WORDBREAKS \
                 COLUMNS=$COLUMNS _RL_COMPLETE=complete_bash "${1/#\~/$HOME}" 2>/dev/null </dev/null); then
        compopt -o default 2>/dev/null
        return
    fi
    [[ -n $reply ]] || return
    while IFS= read -r line; do COMPREPLY+=("$line"); done <<< "$reply"
    [[ ${#COMPREPLY[@]} -gt 1 || ${COMPREPLY[0]} != *[:=] ]] || compopt -o nospace 2>/dev/null
}
complete -o nosort -F _rl_completion rl readlist 2>/dev/null || complete -F _rl_completion rl readlist
"""

_ZSH = r"""
#compdef rl readlist
_rl_completion() {
    local reply
    if reply="$(_TYPER_COMPLETE_ARGS="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" COLUMNS=$COLUMNS \
                _RL_COMPLETE=complete_zsh ${~${(Q)words[1]}} 2>/dev/null </dev/null)"; then
        eval "$reply"
    else
        _files
    fi
}
if [[ $funcstack[1] == _rl ]]; then
    _rl_completion "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _rl_completion rl readlist
fi
"""

_FISH = r"""
function __rl_completion
    set -l program (string replace -r '^~' -- $HOME (commandline -opc)[1])
    set -l answer (env _RL_COMPLETE=complete_fish _TYPER_COMPLETE_ARGS=(commandline -cp | string collect) \
                   $program 2>/dev/null </dev/null)
    if test $status -ne 0
        __fish_complete_path (commandline -ct)
    else if set -q answer[1]
        printf '%s\n' $answer
    end
end
complete --command rl --no-files --keep-order --arguments '(__rl_completion)'
complete --command readlist --no-files --keep-order --arguments '(__rl_completion)'
"""

SCRIPTS: Mapping[str, str] = {"bash": _BASH.strip(), "zsh": _ZSH.strip(), "fish": _FISH.strip()}
"""What each shell has to read once, for both names of the program."""


def shell_of(environ: Mapping[str, str]) -> str:
    """The shell that this run was started from. Raises ReadlistError for one that cannot be taught."""
    import shellingham  # type: ignore[import-untyped]

    try:
        name = str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        name = ""
    if name not in SCRIPTS:
        name = Path(environ.get("SHELL", "")).name
    if name not in SCRIPTS:
        raise ReadlistError(
            "which shell this is cannot be seen", "say it: SHELL=zsh rl --install-completion; there are bash, zsh, fish"
        )
    return name


def install(shell: str, environ: Mapping[str, str]) -> list[Path]:
    """Put the script where `shell` finds it, a second time without change; returns the files it stands in."""
    home = Path(environ.get("HOME") or Path.home())
    scripts, start, line = _places(home, environ)[shell]
    try:
        for script in scripts:
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text(SCRIPTS[shell] + "\n", encoding="utf-8")
        if start is None:
            return scripts
        there = start.read_bytes() if start.exists() else b""
        if line.encode() not in there:
            with start.open("ab") as out:
                out.write((b"" if there.endswith(b"\n") or not there else b"\n") + line.encode() + b"\n")
    except OSError as fault:
        hint = "`rl --show-completion` prints what it is to hold"
        raise ReadlistError(f"cannot write {fault.filename}: {fault.strerror}", hint) from None
    return [*scripts, start]


def _places(home: Path, environ: Mapping[str, str]) -> dict[str, tuple[list[Path], Path | None, str]]:
    """By shell: the files of the script, the file that it reads at its start, and the line wanted there."""
    fish = Path(environ.get("XDG_CONFIG_HOME") or home / ".config", "fish", "completions")
    zsh = Path(environ.get("ZDOTDIR") or home, ".zshrc")
    return {
        "bash": ([home / ".bash_completions" / "rl.sh"], home / ".bashrc", "source ~/.bash_completions/rl.sh"),
        "zsh": ([home / ".zfunc" / "_rl"], zsh, "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
        "fish": ([fish / "rl.fish", fish / "readlist.fish"], None, ""),  # fish looks for them by the command's name
    }
