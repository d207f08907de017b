from django import forms


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Teachers whose classes have it and everyone at the desk read this. Pupils and parents do not.",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, so that teachers know what to do and others can follow it later."},
    )
