<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>fxdiffuse</name>
        <message numerus="yes">
            <source>Opened the first of %n files.</source>
            <translation>
                <numerusform>Opened the file.</numerusform>
                <numerusform>Opened the first of %n files.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photos</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photos failed</source>
            <translation>
                <numerusform>%n photo failed</numerusform>
                <numerusform>%n photos failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n written</source>
            <translation>
                <numerusform>%n written</numerusform>
                <numerusform>%n written</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n done before</source>
            <translation>
                <numerusform>%n done before</numerusform>
                <numerusform>%n done before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
    </context>
</TS>
